using Faxbot.Testing;

namespace Faxbot.Cli.Tests;

public sealed class ConfigCommandTests
{
    [Fact]
    public async Task The_sample_has_every_section_and_is_well()
    {
        using var folder = new TempFolder();

        var sample = await FaxbotCommand.RunAsync(folder, "config", "sample");
        await File.WriteAllTextAsync(folder.Of("faxbot.json"), sample.Output, TestContext.Current.CancellationToken);
        var check = await FaxbotCommand.RunAsync(folder, "config", "check", folder.Of("faxbot.json"));

        Assert.True(sample.ExitCode == 0, sample.ToString());
        Assert.All(["\"listen\"", "\"sip\"", "\"quiet_hours\"", "\"retention\""], section => Assert.Contains(section, sample.Output, StringComparison.Ordinal));
        Assert.True(check.ExitCode == 0, check.ToString());
        Assert.Contains("is well", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_with_what_to_write_instead()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.Of("faxbot.json"), """{ "listen": "8080", "retry": { "bussy": "3m", "no_answer": "soon" } }""", TestContext.Current.CancellationToken);

        var check = await FaxbotCommand.RunAsync(folder, "config", "check", folder.Of("faxbot.json"));

        Assert.Equal(WrongConfiguration, check.ExitCode);
        Assert.All(["listen", "127.0.0.1:8080", "retry.bussy", "retry.busy", "retry.no_answer", "90s"], word => Assert.Contains(word, check.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        using var folder = new TempFolder();

        var check = await FaxbotCommand.RunAsync(folder, "config", "check", "nowhere.json");

        Assert.Equal(WrongConfiguration, check.ExitCode);
        Assert.Contains("nowhere.json", check.Error, StringComparison.Ordinal);
    }

    // EX_CONFIG of sysexits.h, as services know it.
    private const int WrongConfiguration = 78;
}
