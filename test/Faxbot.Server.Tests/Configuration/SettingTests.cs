using Faxbot.Server.Configuration;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Configuration;

public sealed class SettingTests
{
    [Fact]
    public void Each_setting_has_a_variable_of_its_own() =>
        Assert.Equal(Setting.All.Count, Setting.All.SelectMany(setting => new[] { setting.EnvironmentName, setting.EnvironmentName + "_FILE" }).Distinct().Count() / 2);

    [Fact]
    public void A_setting_without_a_default_says_what_holds_then_or_has_an_example() =>
        Assert.All(Setting.All.Where(setting => setting.Default is null), setting => Assert.NotNull(setting.Example));

    [Fact]
    public void The_documentation_has_exactly_these_settings()
    {
        var document = File.ReadAllText(RepositoryRoot.Of("docs", "operating.md"));
        var table = string.Concat(Setting.All.Select(setting =>
            $"| `{setting.Key}` | `{setting.EnvironmentName}` | {Default(setting)} | {setting.Meaning} |\n"));

        Assert.True(document.Contains(table, StringComparison.Ordinal), $"docs/operating.md must have these rows:\n\n{table}");
    }

    private static string Default(Setting setting)
    {
        var shown = setting.Show(setting.Default);
        return shown.Count > 0 ? $"`{string.Join(", ", shown)}`" : setting.Unset ?? "";
    }
}
