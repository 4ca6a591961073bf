namespace Faxbot.Sdk.Trunks;

/// <summary>All that distinguishes one SIP trunk from another. Immutable; serialises to JSON (<see cref="TrunkProfileJson"/>).</summary>
public sealed record TrunkProfile
{
    /// <summary>A name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where calls go.</summary>
    public required TrunkServer Server { get; init; }

    /// <summary>How this side proves who it is; null where the trunk knows it by its address.</summary>
    public TrunkCredentials? Credentials { get; init; }

    /// <summary>Who calls.</summary>
    public TrunkCaller Caller { get; init; } = new();

    /// <summary>How numbers are written in the request URI.</summary>
    public TrunkNumbers Numbers { get; init; } = new();

    /// <summary>What the trunk needs of T.38.</summary>
    public TrunkT38 T38 { get; init; } = new();

    /// <summary>The audio leg before T.38.</summary>
    public TrunkAudio Audio { get; init; } = new();

    /// <summary>Header fields that every INVITE carries besides the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the far end may ring.</summary>
    public TimeSpan RingTimeout { get; init; } = TimeSpan.FromSeconds(75);
}

/// <summary>Where calls go.</summary>
public sealed record TrunkServer
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>UDP port.</summary>
    public int Port { get; init; } = 5060;

    /// <summary>The domain of the request URI and of From where it is not <see cref="Host"/>.</summary>
    public string? Domain { get; init; }

    /// <summary>Where packets go when not to <see cref="Host"/>, as <c>host</c> or <c>host:port</c>.</summary>
    public string? OutboundProxy { get; init; }
}

/// <summary>Digest credentials.</summary>
public sealed record TrunkCredentials
{
    /// <summary>The user name of the digest.</summary>
    public required string User { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>The only realm that may ask for it; null answers whatever realm the trunk names.</summary>
    public string? Realm { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(TrunkCredentials)} {{ User = {User}, Password = *** }}";
}

/// <summary>Who calls.</summary>
public sealed record TrunkCaller
{
    /// <summary>The user part of From; null takes the caller number of the fax.</summary>
    public string? User { get; init; }

    /// <summary>The display name of From.</summary>
    public string? DisplayName { get; init; }
}

/// <summary>How a number becomes the user part of the request URI.</summary>
public sealed record TrunkNumbers
{
    /// <summary>Whether an international number keeps its plus sign.</summary>
    public bool Plus { get; init; } = true;

    /// <summary>Digits in front of every number, such as a technical prefix.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The user part for <paramref name="number"/>, which is E.164 with plus sign or a national or private number.</summary>
    public string Write(string number) => Prefix + (Plus || !number.StartsWith('+') ? number : number[1..]);
}

/// <summary>The audio leg before T.38.</summary>
public sealed record TrunkAudio
{
    /// <summary>Whether PCMA is offered before PCMU.</summary>
    public bool PreferALaw { get; init; }

    /// <summary>Whether media is taken from wherever its first packet comes, for far ends behind NAT, and not only from the address in SDP.</summary>
    public bool Symmetric { get; init; }
}
