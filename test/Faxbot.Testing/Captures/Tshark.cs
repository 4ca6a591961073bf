using System.Globalization;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Captures;

/// <summary>Decodes a capture with Wireshark's dissectors: SIP, SDP, RTP, UDPTL with T.38, and T.30 in it.</summary>
public static class Tshark
{
    private const char Separator = '\x1E';
    private const char Aggregator = '\x1F';

    /// <summary>Every expert item at or above <paramref name="atLeast"/> in the capture; none means that all decoded well.</summary>
    public static async Task<IReadOnlyList<TsharkFinding>> FindingsAsync(
        string capture, TsharkSeverity atLeast = TsharkSeverity.Warning, TsharkOptions? options = null)
    {
        var rows = await FieldsAsync(
            capture, ["frame.number", "frame.protocols", "_ws.expert.severity", "_ws.expert.message", "_ws.malformed"], options);
        List<TsharkFinding> findings = [];
        foreach (var row in rows)
        {
            var frame = int.Parse(row[0][0], CultureInfo.InvariantCulture);
            var protocols = row[1] is [var chain, ..] ? chain : "";
            findings.AddRange(row[2].Zip(row[3], (severity, message) => new TsharkFinding(frame, protocols, SeverityOf(severity), message)));
            if (row[2].Count == 0) findings.AddRange(row[4].Select(text => new TsharkFinding(frame, protocols, TsharkSeverity.Error, $"malformed {text}")));
        }

        return [.. findings.Where(finding => finding.Severity >= atLeast)];
    }

    /// <summary>One row a frame, one list of values a field (empty when the frame has none): <c>t38.seq_number</c>, <c>t30.fcf</c>, <c>sip.Method</c>.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>>> FieldsAsync(
        string capture, IReadOnlyList<string> fields, TsharkOptions? options = null)
    {
        List<string> arguments = ["-T", "fields", "-E", $"separator={Separator}", "-E", "occurrence=a", "-E", $"aggregator={Aggregator}"];
        foreach (var field in fields) arguments.AddRange(["-e", field]);
        var output = await RunAsync(capture, arguments, options);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            (IReadOnlyList<IReadOnlyList<string>>)[.. line.Split(Separator).Select(cell => (IReadOnlyList<string>)cell.Split(Aggregator, StringSplitOptions.RemoveEmptyEntries))])];
    }

    /// <summary>The whole decoded tree as text (<c>-V</c>), for a look or a message.</summary>
    public static Task<string> TextAsync(string capture, TsharkOptions? options = null) => RunAsync(capture, ["-V"], options);

    private static async Task<string> RunAsync(string capture, IReadOnlyList<string> arguments, TsharkOptions? options)
    {
        await DebianPackages.EnsureAsync("tshark");
        options ??= new TsharkOptions();
        List<string> all = ["-n", "-2", "-r", capture, .. arguments];
        foreach (var rule in options.DecodeAs) all.AddRange(["-d", rule]);
        foreach (var preference in options.Preferences) all.AddRange(["-o", preference]);
        if (options.Filter is not null) all.AddRange(["-Y", options.Filter]);
        var result = await ProcessRunner.RunSuccessfullyAsync("tshark", all, new ProcessOptions
        {
            Timeout = TimeSpan.FromMinutes(2),
            // Personal settings of whoever runs the tests must not change what a test sees.
            Environment = new Dictionary<string, string?> { ["WIRESHARK_CONFIG_DIR"] = CacheFolder.Of("tshark") },
        });
        return result.Output;
    }

    // epan/proto.h: PI_COMMENT 0x00100000, PI_CHAT 0x00200000, PI_NOTE 0x00400000, PI_WARN 0x00600000, PI_ERROR 0x00800000.
    private static TsharkSeverity SeverityOf(string value) => int.Parse(value, CultureInfo.InvariantCulture) switch
    {
        0x00100000 => TsharkSeverity.Comment,
        0x00200000 => TsharkSeverity.Chat,
        0x00400000 => TsharkSeverity.Note,
        0x00600000 => TsharkSeverity.Warning,
        _ => TsharkSeverity.Error,
    };
}
