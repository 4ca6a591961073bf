using System.Text.RegularExpressions;
using Faxbot.Server.Configuration;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Configuration;

public sealed partial class ConfigurationFileTests
{
    [Fact]
    public void The_sample_says_nothing_but_the_defaults()
    {
        var reading = GatewayOptionsReaderTests.Read(ConfigurationFile.Sample());

        Assert.Empty(reading.Problems);
        Assert.All(reading.Settings, setting => Assert.Equal(SettingOrigin.Default, setting.Origin));
    }

    [Fact]
    public void Each_line_of_the_sample_can_be_used_as_it_stands()
    {
        // All but the secrets, whose files are not there.
        var used = CommentedSetting().Replace(ConfigurationFile.Sample(), line => line.Value.Contains("@file:", StringComparison.Ordinal) ? "" : line.Groups[1].Value);

        var reading = GatewayOptionsReaderTests.Read(used);

        Assert.Empty(reading.Problems);
        Assert.Equal(
            Setting.All.Where(setting => !setting.Key.EndsWith("key", StringComparison.Ordinal)).Select(setting => setting.ListKey is null ? setting.Key : setting.At(0).Key),
            reading.Settings.Where(setting => setting.Origin == SettingOrigin.File).Select(setting => setting.Key));
        var byDefault = GatewayOptionsReaderTests.Read(null).Settings;
        var single = Setting.All.Where(setting => setting.ListKey is null).ToArray();
        Assert.All(
            reading.Settings.IntersectBy(single.Select(setting => setting.Key), setting => setting.Key).Zip(byDefault, single).Where(one => one.Third.Example is null),
            one => Assert.Equal(one.Second.Value, one.First.Value));
    }

    [Fact]
    public void The_file_is_the_one_that_is_named_or_lies_in_the_working_folder()
    {
        using var folder = new TempFolder();
        var named = new Dictionary<string, string> { ["FAXBOT_CONFIG"] = "/etc/faxbot.json" };

        Assert.Null(ConfigurationFile.Find(new Dictionary<string, string>(), folder.FullPath));
        File.WriteAllText(folder.Of("faxbot.json"), "{}");

        Assert.Equal(folder.Of("faxbot.json"), ConfigurationFile.Find(new Dictionary<string, string>(), folder.FullPath));
        Assert.Equal("/etc/faxbot.json", ConfigurationFile.Find(named, folder.FullPath));
    }

    [GeneratedRegex("""// ("[a-z_]+": .*)""")]
    private static partial Regex CommentedSetting();
}
