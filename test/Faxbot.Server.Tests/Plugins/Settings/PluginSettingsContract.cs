using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Faxbot.Sdk.Plugins;
using Faxbot.Server.Plugins;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Server.Plugins.Settings;
using Faxbot.Server.Storage;
using Faxbot.Server.Tests.Storage;
using Faxbot.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Plugins.Settings;

/// <summary>What the settings' tables do, alike on each kind of store.</summary>
public abstract class PluginSettingsContract(StoreUnderTest store) : IDisposable
{
    private const string Id = "faxbot-a";
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Settings_read_as_they_were_given_with_masked_secrets()
    {
        var (configs, _) = await OpenAsync();

        var answer = await configs.PutAsync(Id, Change(0, """{ "station": "here", "account": { "key": "s3cret" } }"""), Cancel);

        Assert.Equal(PluginConfigAnswerKind.Saved, answer.Kind);
        var read = await configs.FindAsync(Id, Cancel);
        Assert.Equal("""{"station":"here","account":{"key":"***"}}""", read!.Settings.ToJsonString());
        Assert.Equal((true, 1, "k1", _time.GetUtcNow()), (read.Enabled, read.Revision, read.ChangedBy, read.ChangedAt!.Value));
        Assert.Equal(new BackendLimits(4, 1.5), read.Limits);
    }

    [Fact]
    public async Task A_secret_lies_in_the_database_only_sealed()
    {
        var (configs, database) = await OpenAsync();
        await configs.PutAsync(Id, Change(0, """{ "account": { "key": "s3cret" } }"""), Cancel);

        await using var connection = await database.OpenAsync(Cancel);
        var (settings, secrets) = await connection.QuerySingleAsync<(string, byte[])>("select settings, secrets from plugin_revisions");

        Assert.DoesNotContain("s3cret", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", Encoding.UTF8.GetString(secrets), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_comes_back_masked_is_kept_and_another_replaces_it()
    {
        var (configs, database) = await OpenAsync();
        var settings = new PluginSettings(database, new PluginBench.XorSeal());
        await configs.PutAsync(Id, Change(0, """{ "account": { "key": "s3cret" } }"""), Cancel);

        await configs.PutAsync(Id, Change(1, """{ "station": "x", "account": { "key": "***" } }"""), Cancel);
        var kept = await settings.FindAsync(Id, Cancel);
        await configs.PutAsync(Id, Change(2, """{ "account": { "key": "other" } }"""), Cancel);
        var replaced = await settings.FindAsync(Id, Cancel);

        Assert.Equal("""{"station":"x","account":{"key":"s3cret"}}""", SettingsSecrets.PutBack(kept!.Masked, kept.Secrets).ToJsonString());
        Assert.Equal("other", replaced!.Secrets["/account/key"]);
        Assert.Equal([3, 2, 1], (await configs.HistoryAsync(Id, Cancel)).Select(one => one.Revision));
        Assert.All(await configs.HistoryAsync(Id, Cancel), one => Assert.Equal("***", (string?)one.Settings["account"]!["key"]));
    }

    [Fact]
    public async Task A_masked_secret_without_a_kept_value_is_refused()
    {
        var (configs, _) = await OpenAsync();

        var answer = await configs.PutAsync(Id, Change(0, """{ "account": { "key": "***" } }"""), Cancel);

        Assert.Equal((PluginConfigAnswerKind.Invalid, new ConfigProblem("$.account.key", "No value is kept for it: give one.")), (answer.Kind, Assert.Single(answer.Problems)));
    }

    [Fact]
    public async Task Of_those_who_change_one_revision_at_the_same_time_one_gets_through()
    {
        var (configs, _) = await OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => configs.PutAsync(Id, Change(0, $$"""{ "station": "{{number}}" }"""), Cancel)));

        Assert.Single(answers, answer => answer.Kind == PluginConfigAnswerKind.Saved);
        Assert.All(answers, answer => Assert.Equal(1, answer.Config!.Revision));
        Assert.Equal(7, answers.Count(answer => answer.Kind == PluginConfigAnswerKind.Conflict));
    }

    [Fact]
    public async Task Settings_that_do_not_fit_are_refused_with_places_and_without_values()
    {
        var (configs, _) = await OpenAsync();

        var answer = await configs.PutAsync(Id, Change(0, """{ "station": 7, "account": { "key": "hunter2hunter2" }, "colour": "red" }""") with { Limits = new BackendLimits(0, -1) }, Cancel);

        Assert.Equal(PluginConfigAnswerKind.Invalid, answer.Kind);
        Assert.Equal(["$.account.key", "$.colour", "$.limits.calls_per_second", "$.limits.channels", "$.station"], answer.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(answer.Problems, problem => problem.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plugin_can_be_switched_off_whatever_its_settings_are()
    {
        var (configs, _) = await OpenAsync();

        Assert.Equal(PluginConfigAnswerKind.Saved, (await configs.PutAsync(Id, Change(0, """{ "station": 7 }""") with { Enabled = false }, Cancel)).Kind);
    }

    [Fact]
    public async Task A_plugin_that_nobody_installed_has_no_settings()
    {
        var (configs, _) = await OpenAsync();

        Assert.Null(await configs.FindAsync("faxbot-b", Cancel));
        Assert.Equal(PluginConfigAnswerKind.UnknownPlugin, (await configs.PutAsync("faxbot-b", Change(0, "{}"), Cancel)).Kind);
    }

    private static PluginConfigChange Change(long revision, string settings) => new(true, JsonNode.Parse(settings)!.AsObject(), new BackendLimits(4, 1.5), revision, "k1");

    private async Task<(PluginConfigs Configs, Database Database)> OpenAsync()
    {
        var database = await store.OpenEmptyAsync();
        await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("delete from plugin_revisions", transaction: transaction), Cancel);
        var options = new PluginOptions { BuiltInFolder = _folder.Of("built-in"), Folder = _folder.FullPath };
        Directory.CreateDirectory(Path.Combine(options.PackagesFolder, "a"));
        await File.WriteAllTextAsync(
            Path.Combine(options.PackagesFolder, "a", "manifest.json"),
            """
            { "id": "faxbot-a", "name": "A", "categories": ["outbound"], "capabilities": ["send_fax", "get_status"],
              "config_schema": { "type": "object", "additionalProperties": false, "properties": {
                "station": { "type": "string" },
                "account": { "type": "object", "properties": { "key": { "type": "string", "maxLength": 10, "secret": true } } } } } }
            """,
            Cancel);
        var packages = new PluginPackages(options);
        packages.Scan();
        return (new PluginConfigs(packages, new PluginSettings(database, new PluginBench.XorSeal()), options, _time), database);
    }
}
