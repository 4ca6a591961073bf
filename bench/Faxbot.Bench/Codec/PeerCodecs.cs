using System.Globalization;
using System.Text.RegularExpressions;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Processes;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Bench.Codec;

/// <summary>libtiff's and libspandsp's codecs, measured by a program of theirs over the same file, in memory, by processor time.</summary>
internal static partial class PeerCodecs
{
    /// <summary>Runs every cell for at least so many seconds.</summary>
    /// <exception cref="InvalidOperationException">A peer did not give back the pages.</exception>
    public static async Task<IReadOnlyList<PeerFinding>> MeasureAsync(string path, double seconds)
    {
        var program = await SpandspBuild.ProgramAsync("t4bench");
        var said = (await ProcessRunner.RunSuccessfullyAsync(program, [path, seconds.ToString(CultureInfo.InvariantCulture), "1"])).Output;
        return [.. Line().Matches(said).Select(Read)];
    }

    private static PeerFinding Read(Match line)
    {
        if (line.Groups["check"].Value != "ok") throw new InvalidOperationException($"A peer failed: {line.Value}");
        var cell = new CodecCell(line.Groups["operation"].Value == "decode", Enum.Parse<FaxCoding>(line.Groups["code"].Value, ignoreCase: true));
        return new PeerFinding(line.Groups["library"].Value, cell, Number("rate"), Number("octets"));

        double Number(string group) => double.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<library>libtiff|spandsp) +(?<code>\w+) +(?<operation>\w+) +(?<rate>[\d.]+) +[\d.]+ +(?<octets>\d+) +(?<check>\w+)", RegexOptions.Multiline)]
    private static partial Regex Line();
}

/// <summary>What a peer did in one cell.</summary>
/// <param name="Library">Its name.</param>
/// <param name="Cell">What was measured.</param>
/// <param name="Rate">Megabytes of bitmap in a second of processor time.</param>
/// <param name="CodedOctets">Octets that a page is coded to, on average.</param>
internal sealed record PeerFinding(string Library, CodecCell Cell, double Rate, double CodedOctets);
