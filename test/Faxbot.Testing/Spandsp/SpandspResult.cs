using System.Text.Json;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Spandsp;

/// <summary>What the peer says of a call that is over; <c>test/lab/spandsp-peer/README.md</c> explains the fields.</summary>
public sealed record SpandspResult
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>0 success, 1 the fax failed, 4 its time-out.</summary>
    public int ExitCode { get; init; }

    /// <summary>"send" or "receive".</summary>
    public string Role { get; init; } = "";

    public bool Calling { get; init; }

    /// <summary>"udptl" or "rtp".</summary>
    public string Transport { get; init; } = "";

    /// <summary>libspandsp's completion code, 0 is OK.</summary>
    public int Result { get; init; }

    public string ResultText { get; init; } = "";

    public bool TimedOut { get; init; }

    public bool Aborted { get; init; }

    /// <summary>Pages that it counts as transferred.</summary>
    public int Pages { get; init; }

    public int PagesInFile { get; init; }

    public int Width { get; init; }

    public int Length { get; init; }

    public int XResolution { get; init; }

    public int YResolution { get; init; }

    public int BitRate { get; init; }

    public bool Ecm { get; init; }

    public int EcmRetries { get; init; }

    /// <summary>"T.4 1-D", "T.4 2-D" or "T.6".</summary>
    public string Encoding { get; init; } = "";

    /// <summary>Coded octets of all pages.</summary>
    public long ImageBytes { get; init; }

    public int BadRows { get; init; }

    public int LongestBadRun { get; init; }

    public string? FarIdent { get; init; }

    public string? FarSubAddress { get; init; }

    public string? FarPassword { get; init; }

    public string? FarSenderIdent { get; init; }

    public string? FarPolledSubAddress { get; init; }

    public string? FarCountry { get; init; }

    public string? FarVendor { get; init; }

    public string? FarModel { get; init; }

    /// <summary>NSF octets in hexadecimal.</summary>
    public string? FarNsf { get; init; }

    /// <summary>Real seconds, with the time it lingers.</summary>
    public double Elapsed { get; init; }

    /// <summary>Until the end of the T.30 session, in its scaled clock.</summary>
    public double FaxSeconds { get; init; }

    public SpandspPacketCounts Packets { get; init; } = new();

    public IReadOnlyList<SpandspPage> PageList { get; init; } = [];

    internal static SpandspResult Of(ProcessResult ended)
    {
        var line = ended.Output.Split('\n').FirstOrDefault(text => text.StartsWith('{'))
            ?? throw new InvalidOperationException($"{ended.Command}\nended with exit code {ended.ExitCode} and without a result.\n{ended.Error}");
        return (JsonSerializer.Deserialize<SpandspResult>(line, Json) ?? throw new JsonException("null")) with { ExitCode = ended.ExitCode };
    }
}
