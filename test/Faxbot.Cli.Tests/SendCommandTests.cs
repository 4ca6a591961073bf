using System.Text.Json;
using Faxbot.Testing;
using Faxbot.Testing.Processes;

namespace Faxbot.Cli.Tests;

public sealed class SendCommandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Sends_the_sample_letter_to_the_sandbox()
    {
        using var folder = new TempFolder();

        var sent = await FaxbotCommand.RunAsync(folder, "send", FaxbotCommand.Letter);

        Assert.True(sent.ExitCode == 0, sent.ToString());
        var lines = sent.Output.TrimEnd().Split('\n');
        Assert.Equal("delivered 3 of 3 pages", lines[^2]);
        Assert.Contains("page 2 of 3 confirmed", sent.Output, StringComparison.Ordinal);
        // Loopback loses nothing, however busy the machine is.
        Assert.DoesNotContain("repeated", sent.Output, StringComparison.Ordinal);
        var information = await ProcessRunner.RunSuccessfullyAsync("pdfinfo", [lines[^1]]);
        Assert.Contains("Pages:           3", information.Output, StringComparison.Ordinal);
        Assert.StartsWith(folder.Of("data"), lines[^1], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Of("tmp")));
    }

    [Fact]
    public async Task Reaches_a_receiver_by_its_SIP_address()
    {
        using var folder = new TempFolder();
        await using var receiver = await FaxbotCommand.StartAsync(folder, "receive", "--port", "0", "--bind", "127.0.0.1", "--out", folder.Of("inbox"), "--once");
        var listening = await receiver.WaitForLineAsync(l => l.StartsWith("listening", StringComparison.Ordinal), Limit);
        var address = listening.Split(' ')[4].TrimEnd(',');
        File.WriteAllText(folder.Of("note.txt"), "Please call back.\n");

        var sent = await FaxbotCommand.RunAsync(
            folder, "send", folder.Of("note.txt"), "--to", $"sip:5550199@{address}", "--from", "5550100", "--json", "--trace", folder.Of("trace.jsonl"));
        var received = await receiver.WaitForExitAsync(Limit);

        Assert.True(sent.ExitCode == 0, sent.ToString());
        Assert.True(received.ExitCode == 0, received.ToString());
        using var outcome = JsonDocument.Parse(sent.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal("success", outcome.RootElement.GetProperty("class").GetString());
        Assert.Equal(1, outcome.RootElement.GetProperty("pages_confirmed").GetInt32());
        Assert.Contains("received 1 page", received.Output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Of("inbox"), "*.pdf"));
        var frames = File.ReadLines(folder.Of("trace.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)
            .Where(e => e.TryGetProperty("frame", out _)).Select(e => $"{e.GetProperty("direction")} {e.GetProperty("frame")}").ToList();
        Assert.Equal(["received DIS", "sent TSI", "sent DCS", "received CFR", "sent PPS", "received MCF", "sent DCN"], frames);
    }

    [Fact]
    public async Task Ends_the_call_in_order_on_Ctrl_C()
    {
        using var folder = new TempFolder();
        await using var sending = await FaxbotCommand.StartAsync(folder, "send", FaxbotCommand.Letter, "--paced", "--json", "--trace", folder.Of("trace.jsonl"));
        await sending.WaitForLineAsync(l => l.Contains("\"event\":\"page_started\"", StringComparison.Ordinal), Limit);

        var ended = await sending.StopAsync(TimeSpan.FromSeconds(60), interrupt: true);

        Assert.True(ended.ExitCode == ExitCode.Interrupted, ended.ToString());
        Assert.Contains("\"frame\":\"DCN\"", File.ReadAllText(folder.Of("trace.jsonl")), StringComparison.Ordinal);
        Assert.Contains("\"class\":\"local\"", ended.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Of("tmp")));
    }

    [Fact]
    public async Task Says_when_nobody_listens_at_the_address()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Of("note.txt"), "Hello.\n");

        var sent = await FaxbotCommand.RunAsync(folder, "send", folder.Of("note.txt"), "--to", "sip:1@no-such-host.invalid");

        Assert.True(sent.ExitCode == ExitCode.NotDelivered, sent.ToString());
        Assert.Contains("no-such-host.invalid has no address", sent.Output, StringComparison.Ordinal);
    }

    public static TheoryData<string[], string> Mistakes() => new()
    {
        { ["send", "missing.pdf"], "missing.pdf" },
        { ["send"], "FILE" },
        { ["send", "note.txt", "--to", "12x"], "12x" },
        { ["send", "note.txt", "--to", "sip:nobody"], "sip:nobody" },
        { ["send", "note.txt", "--to", "sip:a@b:99999"], "sip:a@b:99999" },
        { ["send", "note.txt", "--to", "sip:a b@pbx.example"], "sip:a b@pbx.example" },
        { ["send", "note.txt", "--to", "sip:1@pbx!"], "sip:1@pbx!" },
        { ["send", "note.txt", "--to", "sip:1@[::1"], "sip:USER@HOST" },
        { ["send", "note.txt", "--to", "sip:1@pbx.example;transport=sctp"], "udp, tcp or tls" },
        { ["send", "note.txt", "--trunk", "trunk.json"], "--to" },
        { ["send", "note.txt", "--to", "5550199", "--trunk", "no-such.json"], "no-such.json" },
        { ["send", "note.txt", "--to", "5550199", "--trunk", "trunk.json"], "servers[0].port" },
        { ["send", "note.txt", "--resolution", "ultra"], "--resolution ultra: give standard, fine or superfine." },
        { ["send", "note.txt", "--ecm", "maybe"], "--ecm maybe: give on or off." },
        { ["send", "note.txt", "--max-rate", "33600"], "--max-rate 33600: give 14400, 12000" },
        { ["send", "note.txt", "--max-rate", "fast"], "--max-rate fast" },
        { ["send", "note.txt", "--first-page", "2"], "--first-page 2" },
        { ["send", "note.txt", "--first-page", "0"], "--first-page 0" },
        { ["send", "note.txt", "--first-page", "last"], "--first-page last: give the number of a page" },
        { ["send", "note.txt", "--from", "me"], "--from me" },
        { ["send", "note.txt", "--subaddress", "me"], "--subaddress me" },
        { ["send", "note.txt", "--bogus"], "no option --bogus" },
        { ["send", "."], "is a folder" },
        { ["send", "empty.pdf"], "empty.pdf" },
        { ["send", "noise.bin"], "noise.bin" },
        { ["send", "note.txt", "--to", "sip:1@127.0.0.1", "--bind", "here"], "here" },
        { ["send", "note.txt", "--to", "sip:1@127.0.0.1", "--bind", "192.0.2.1"], "192.0.2.1" },
        { ["send", "note.txt", "--trace", "no/such/folder/t.jsonl"], "no/such/folder" },
        { ["receive", "--port", "70000", "--out", "inbox"], "70000" },
        { ["receive", "--port", "0"], "--out" },
        { ["render", "note.txt", "-o", "page.gif"], "page.gif" },
        { ["render", "note.txt", "-o", "page.png", "--page", "7"], "--page 7" },
        { ["render", "note.txt", "-o", "page.tif", "--page", "1"], "--page" },
        { ["frobnicate"], "frobnicate is not a command" },
        { [], "a command is missing" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_gets_one_clear_line_and_leaves_nothing_behind(string[] arguments, string named)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Of("note.txt"), "Hello.\n");
        File.WriteAllText(folder.Of("empty.pdf"), "");
        File.WriteAllBytes(folder.Of("noise.bin"), [0, 1, 2, 3, 0xFF, 0xFE, 0x80]);
        File.WriteAllText(folder.Of("trunk.json"), """{ "servers": [{ "host": "pbx.example", "port": 0 }] }""");
        var before = Directory.GetFileSystemEntries(folder.FullPath).Length + 1;

        var run = await FaxbotCommand.RunAsync(folder, arguments);

        Assert.True(run.ExitCode == ExitCode.BadInput, run.ToString());
        var said = run.Error.TrimEnd().Split('\n').Where(l => !l.StartsWith("faxbot: see ", StringComparison.Ordinal)).ToList();
        Assert.Contains(named, Assert.Single(said), StringComparison.Ordinal);
        Assert.All(said, l => Assert.StartsWith("faxbot: ", l, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Of("tmp")));
        Assert.Equal(before, Directory.GetFileSystemEntries(folder.FullPath).Length);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = new TempFolder();
        await using var first = await FaxbotCommand.StartAsync(folder, "receive", "--port", "0", "--bind", "127.0.0.1", "--out", folder.Of("inbox"));
        var listening = await first.WaitForLineAsync(l => l.StartsWith("listening", StringComparison.Ordinal), Limit);
        var port = listening.Split(' ')[4].TrimEnd(',').Split(':')[1];

        var second = await FaxbotCommand.RunAsync(folder, "receive", "--port", port, "--bind", "127.0.0.1", "--out", folder.Of("inbox"));

        Assert.True(second.ExitCode == ExitCode.BadInput, second.ToString());
        Assert.Contains($"port {port}", second.Error, StringComparison.Ordinal);
        Assert.Contains("in use", second.Error, StringComparison.Ordinal);
    }
}
