using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Harness;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Xunit;

namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>
/// The contract of a plugin for a provider's HTTP API: what was surely not taken and what is open, statuses, and webhooks that come twice, late, forged,
/// altered or again. <see cref="RestFaxPluginContract{TPlugin}"/> and <see cref="MessagingPluginContract{TPlugin}"/> run it.
/// </summary>
/// <typeparam name="TPlugin">The plugin's class.</typeparam>
/// <typeparam name="TState">The states of what it sends.</typeparam>
public abstract class ProviderContract<TPlugin, TState> : PluginContract<TPlugin>
    where TPlugin : Plugin, new()
    where TState : struct, Enum
{
    private protected const string JobId = "job-1", AttemptId = "attempt-1";
    private const int TimedOut = 1;

    private readonly ProviderContractOptions<TState> _options;

    /// <summary>For the package that the options name.</summary>
    protected ProviderContract(ProviderContractOptions<TState> options) : base(options) => _options = options;

    private ProviderScript Script => _options.Provider;

    /// <summary>The result names the provider's id and the plugin.</summary>
    [Fact]
    public Task What_the_provider_took_is_named_by_its_id() => RunAsync(async (plugin, harness) =>
    {
        var (providerId, backend) = await SendAsync(plugin);
        Assert.Equal((Script.ProviderId, Manifest.Id), (providerId, backend));
    });

    /// <summary>It may then be sent over another route at once.</summary>
    [Fact]
    public Task A_definite_refusal_is_told_as_one()
    {
        var provider = CreateProvider().Answer(Script.Send, Script.Refused);
        return RunAsync(async (plugin, harness) =>
        {
            var rejected = await Assert.ThrowsAsync<FaxRejectedException>(() => SendAsync(plugin));
            harness.Log.Write($"thrown: {rejected.Message}");
        }, provider: provider);
    }

    /// <summary>Whether it was taken is not known, and that must not be told as a refusal; nor may it be sent twice, unless the provider takes it once.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(TimedOut)]
    [InlineData(500)]
    [InlineData(504)]
    public Task A_lost_answer_leaves_open_whether_it_was_taken(int status)
    {
        var provider = CreateProvider().Answer(Script.Send, status switch { 0 => ProviderAnswer.Lost, TimedOut => ProviderAnswer.Late, _ => new ProviderAnswer(status, "{}") });
        return RunAsync(async (plugin, harness) =>
        {
            var thrown = await Record.ExceptionAsync(() => SendAsync(plugin));
            Assert.True(thrown is not null, "The provider's answer got lost, and the plugin says that it was sent.");
            Assert.False(thrown is FaxRejectedException, "The provider may have taken it, and the plugin says that it surely did not: the gateway would send it a second time.");
            harness.Log.Write($"thrown: {(thrown is PluginException ? thrown.Message : "")}");
            AssertSentOnce(provider);
        }, provider: provider);
    }

    /// <summary>With trait <c>idempotent_send</c> both requests say that they are the same.</summary>
    [Fact]
    public Task Sending_an_attempt_twice_sends_it_once()
    {
        if (!Manifest.Traits.IdempotentSend) return Task.CompletedTask;
        var provider = CreateProvider();
        return RunAsync(async (plugin, harness) =>
        {
            var first = await SendAsync(plugin);
            var second = await SendAsync(plugin);
            Assert.Equal(first, second);
            AssertSentOnce(provider);
        }, provider: provider);
    }

    /// <summary>Each answer of the provider's means what the options say.</summary>
    [Fact]
    public async Task Each_status_is_told_as_what_it_means()
    {
        foreach (var (answer, state) in _options.Statuses)
        {
            await RunAsync(
                async (plugin, harness) =>
                {
                    var told = await StatusAsync(plugin, Script.ProviderId);
                    Assert.True(EqualityComparer<TState>.Default.Equals(state, told), $"The answer {System.Text.Encoding.UTF8.GetString(answer.Body)} means {state}, and the plugin says {told}.");
                },
                provider: CreateProvider().Answer(Script.Status, answer));
        }
    }

    /// <summary>What the provider does not know, or does not tell, is not guessed.</summary>
    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public Task A_status_that_cannot_be_had_is_no_guess(int status) => RunAsync(
        async (plugin, harness) =>
        {
            TState? told = null;
            var thrown = await Record.ExceptionAsync(async () => told = await StatusAsync(plugin, Script.ProviderId));
            Assert.True(thrown is PluginException or HttpRequestException || told?.ToString() is "Unknown" or "NeverSent", $"The provider answered {status}, and the plugin says {told?.ToString() ?? thrown?.GetType().Name}.");
            if (status >= 500) Assert.True(told?.ToString() != "NeverSent", "A provider out of order does not say that it never had it.");
        },
        provider: CreateProvider().Answer(Script.Status, new ProviderAnswer(status, "{}")));

    /// <summary>With trait <c>lookup_by_reference</c> an attempt is found though the answer to sending was lost.</summary>
    [Fact]
    public Task An_attempt_is_found_without_the_provider_s_id()
    {
        if (!Manifest.Traits.LookupByReference) return Task.CompletedTask;
        Assert.True(Script is { Lookup: not null, Found: not null }, "The manifest promises lookup_by_reference: give the provider's Lookup and Found.");
        return RunAsync(
            async (plugin, harness) => Assert.Equal(_options.Statuses[0].State, await StatusAsync(plugin, providerId: null)),
            provider: CreateProvider().Answer(Script.Status, _options.Statuses[0].Answer));
    }

    /// <summary>Each has its effect, also when it comes a second time or after a later one.</summary>
    [Fact]
    public Task Webhooks_are_taken_also_twice_and_late() => WithWebhooksAsync(async (webhooks, deliver) =>
    {
        var told = webhooks.States.Concat(webhooks.States.Reverse());
        foreach (var state in told)
        {
            var result = await deliver(webhooks.Write(Notice(state)));
            Assert.InRange(result.Status, 200, 299);
            Assert.True(StateIn(result, Script.ProviderId) is { } came && EqualityComparer<TState>.Default.Equals(came, state), $"The webhook told {state}, and the plugin made {StateIn(result, Script.ProviderId)?.ToString() ?? "nothing"} of it.");
        }
    });

    /// <summary>Without its signature, with another one, or with another content a webhook has no effect.</summary>
    [Fact]
    public Task Webhooks_that_the_provider_did_not_sign_are_refused() => WithWebhooksAsync(async (webhooks, deliver) =>
    {
        Assert.True(webhooks.SignatureHeaders.Count > 0 == Manifest.Traits.SignedWebhooks, "$.traits.signed_webhooks and SignatureHeaders must say the same.");
        var good = webhooks.Write(Notice(webhooks.States[^1]));
        foreach (var header in webhooks.SignatureHeaders)
        {
            var value = good.Headers[header];
            await RefusedAsync($"without {header}", good with { Headers = good.Headers.Where(field => field.Key != header).ToDictionary() });
            await RefusedAsync($"with another {header}", good with { Headers = With(good.Headers, header, Altered(value)) });
            await RefusedAsync("with an altered body", good with { Body = [.. good.Body, (byte)' '] });
            if (webhooks.CoversUrl) await RefusedAsync("to another address", good with { Url = $"{good.Url}?x=1" });
        }

        async Task RefusedAsync(string how, WebhookRequest request) => AssertRefused(how, await deliver(request));
    });

    /// <summary>Where the provider does not sign but proves who it is, what lacks that proof has no effect.</summary>
    [Fact]
    public Task Webhooks_without_the_provider_s_proof_are_refused() => WithWebhooksAsync(async (webhooks, deliver) =>
    {
        var good = webhooks.Write(Notice(webhooks.States[^1]));
        foreach (var header in webhooks.ProofHeaders)
        {
            await RefusedAsync($"without {header}", good with { Headers = good.Headers.Where(field => field.Key != header).ToDictionary() });
            await RefusedAsync($"with another {header}", good with { Headers = With(good.Headers, header, Altered(good.Headers[header])) });
        }

        if (!webhooks.SecretInQuery) return;
        var query = new Uri(good.Url).Query;
        await RefusedAsync("without the secret in its address", good with { Url = good.Url[..^query.Length] });
        await RefusedAsync("with another secret in its address", good with { Url = good.Url[..^1] + (good.Url[^1] == 'a' ? 'b' : 'a') });

        async Task RefusedAsync(string how, WebhookRequest request) => AssertRefused(how, await deliver(request));
    });

    /// <summary>A webhook that was recorded and is sent again later has no effect, where the provider signs the time.</summary>
    [Fact]
    public Task Webhooks_that_are_too_old_are_refused() => WithWebhooksAsync(async (webhooks, deliver) =>
    {
        if (webhooks.ReplayWindow is not { } window) return;
        foreach (var away in (TimeSpan[])[window + TimeSpan.FromMinutes(1), -window - TimeSpan.FromMinutes(1)])
        {
            var result = await deliver(webhooks.Write(Notice(webhooks.States[^1]) with { At = Now - away }));
            Assert.True(
                result.Status is >= 400 and < 500 && Effects(result) == 0,
                $"A webhook further away in time than {window} must be refused, and was answered with {result.Status} and {Effects(result)} effects.");
        }
    });

    private protected abstract Task<(string ProviderId, string Backend)> SendAsync(TPlugin plugin);

    private protected abstract Task<TState> StatusAsync(TPlugin plugin, string? providerId);

    private protected abstract TState? StateIn(WebhookResult result, string providerId);

    private protected sealed override FakeProvider CreateProvider() => Script.Create(Values);

    /// <summary>What the places of the provider's rules stand for.</summary>
    private protected virtual Dictionary<string, string> Values => new()
    {
        ["to"] = _options.Destination.TrimStart('+'),
        ["from"] = _options.Sender.TrimStart('+'),
        ["job"] = JobId,
        ["attempt"] = AttemptId,
        ["webhook"] = WebhookAddress.ToString(),
    };

    private protected static Uri WebhookAddress { get; } = new PluginHarnessOptions { PackageFolder = "" }.WebhookAddress;

    private protected override PersonalTexts Personal(PluginHarness harness)
    {
        var personal = base.Personal(harness);
        personal.AddNumber(_options.Destination);
        personal.AddNumber(_options.Sender);
        return personal;
    }

    private protected DateTimeOffset Now => (_options.Time ?? TimeProvider.System).GetUtcNow();

    private WebhookNotice<TState> Notice(TState state) => new(Script.ProviderId, state, Now, WebhookAddress);

    private Task WithWebhooksAsync(Func<WebhookScript<TState>, Func<WebhookRequest, Task<WebhookResult>>, Task> test)
    {
        if (_options.Webhooks is not { } webhooks) return Task.CompletedTask;
        return RunAsync((plugin, harness) => test(webhooks, request => plugin.HandleWebhookAsync(request, TestContext.Current.CancellationToken)));
    }

    private static void AssertRefused(string how, WebhookResult result) => Assert.True(
        result.Status is 401 or 403 && Effects(result) == 0, $"A webhook {how} must be refused with 401, and was answered with {result.Status} and {Effects(result)} effects.");

    private void AssertSentOnce(FakeProvider provider)
    {
        var calls = provider.CallsOf(Script.Send);
        if (calls.Count <= 1) return;
        var keys = calls.Select(call => Script.IdempotencyKey?.Invoke(call)).Distinct().ToArray();
        Assert.True(
            Manifest.Traits.IdempotentSend && keys is [not null],
            $"It was sent {calls.Count} times with {keys.Length} different keys ({string.Join(", ", keys.Select(key => key ?? "none"))}): the provider would send it as often.");
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> headers, string name, string value) => new(headers) { [name] = value };

    // In the middle, where a character surely counts: the last of a Base64 text may hold bits that nobody reads.
    private static string Altered(string signature)
    {
        var place = signature.Length / 2;
        return string.Concat(signature.AsSpan(0, place), signature[place] == 'a' ? "b" : "a", signature.AsSpan(Math.Min(place + 1, signature.Length)));
    }
}
