using Faxbot.Sdk.Outcomes;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// All that distinguishes one SIP trunk from another. Immutable; serialises to JSON (<see cref="TrunkProfileJson"/>), and
/// <see cref="TrunkProfileRules"/> says what is wrong with one. Media is never encrypted on our own line.
/// </summary>
public sealed record TrunkProfile
{
    /// <summary>A name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>What carries the calls.</summary>
    public TrunkLine Line { get; init; }

    /// <summary>
    /// The domain in the request URI, To and From, where it is not the server's host: packets still go to <see cref="Servers"/>, which are then what
    /// others call the outbound proxy.
    /// </summary>
    public string? Domain { get; init; }

    /// <summary>Where packets go, at least one; ordered by <see cref="TrunkServer.Priority"/>, then as listed.</summary>
    public required IReadOnlyList<TrunkServer> Servers { get; init; }

    /// <summary>How this side proves who it is; null where the trunk knows it by its address.</summary>
    public TrunkCredentials? Credentials { get; init; }

    /// <summary>How this side registers; null where the trunk needs none.</summary>
    public TrunkRegistration? Registration { get; init; }

    /// <summary>Who calls.</summary>
    public TrunkCaller Caller { get; init; } = new();

    /// <summary>How numbers are written.</summary>
    public TrunkNumbers Numbers { get; init; } = new();

    /// <summary>Which numbers may be called, as prefixes of E.164 with plus sign.</summary>
    public TrunkDestinations Destinations { get; init; } = new();

    /// <summary>What the trunk needs of T.38.</summary>
    public TrunkT38 T38 { get; init; } = new();

    /// <summary>The audio leg before T.38.</summary>
    public TrunkAudio Audio { get; init; } = new();

    /// <summary>What the trunk needs of SIP.</summary>
    public TrunkSignalling Signalling { get; init; } = new();

    /// <summary>What the trunk makes of text messages.</summary>
    public TrunkMessages Messages { get; init; } = new();

    /// <summary>What the trunk takes at once.</summary>
    public TrunkLimits Limits { get; init; } = new();

    /// <summary>How calls of the trunk to us are known.</summary>
    public TrunkInbound Inbound { get; init; } = new();

    /// <summary>
    /// Header fields that every INVITE and MESSAGE carries besides the usual ones. <c>{attempt}</c> in a value stands for the id of the attempt, by which a call
    /// is found again in the provider's records.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What answers of this trunk mean where it is not what RFC 3261 says; the first rule that fits holds.</summary>
    public IReadOnlyList<TrunkFailureRule> Failures { get; init; } = [];

    /// <summary>What calls cost; null when unknown.</summary>
    public TrunkRates? Rates { get; init; }

    /// <summary>
    /// Where values come from, by the way to them, such as <c>t38.max_datagram</c>. A value that is not obvious and has no entry is the user's own.
    /// </summary>
    public IReadOnlyDictionary<string, TrunkEvidence> Evidence { get; init; } = new Dictionary<string, TrunkEvidence>();

    /// <summary>The domain that addresses are written with.</summary>
    public string AddressDomain() => Domain ?? Servers[0].Host;
}

/// <summary>Which numbers may be called over a trunk.</summary>
public sealed record TrunkDestinations
{
    /// <summary>Prefixes of numbers that may be called; empty allows all.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Prefixes of numbers that may not, though they are allowed.</summary>
    public IReadOnlyList<string> Forbidden { get; init; } = [];

    /// <summary>Whether <paramref name="number"/> may be called.</summary>
    public bool Allow(string number) =>
        (Allowed.Count == 0 || Allowed.Any(Leads(number))) && !Forbidden.Any(Leads(number));

    private static Func<string, bool> Leads(string number) => prefix => number.StartsWith(prefix, StringComparison.Ordinal);
}

/// <summary>What an answer of the trunk means.</summary>
public sealed record TrunkFailureRule
{
    /// <summary>The SIP status.</summary>
    public required int Status { get; init; }

    /// <summary>The header field whose value is looked at; null looks at the reason phrase.</summary>
    public string? Header { get; init; }

    /// <summary>What the value or phrase has in it as whole words, whatever their case: <c>D1</c> is not in <c>D19</c>. Null takes all.</summary>
    public string? Contains { get; init; }

    /// <summary>What became of the call.</summary>
    public required OutcomeClass Class { get; init; }

    /// <summary>Who failed.</summary>
    public OutcomeParty Party { get; init; } = OutcomeParty.Trunk;

    /// <summary>What happened, as a sentence for people.</summary>
    public string? Sentence { get; init; }

    /// <summary>What to do, as a sentence for people.</summary>
    public string? Next { get; init; }
}
