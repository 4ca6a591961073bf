namespace Faxbot.Sdk.Trunks;

/// <summary>Digest credentials (RFC 8760).</summary>
public sealed record TrunkCredentials
{
    /// <summary>The account: the user of the address of record, and of the digest where <see cref="AuthenticationUser"/> is not given.</summary>
    public required string User { get; init; }

    /// <summary>The user name of the digest, where it is another one.</summary>
    public string? AuthenticationUser { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>The only realm that may ask for it; null answers whatever realm the trunk names.</summary>
    public string? Realm { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(TrunkCredentials)} {{ User = {User}, Password = *** }}";
}

/// <summary>How this side registers (RFC 3261 section 10). It needs credentials.</summary>
public sealed record TrunkRegistration
{
    /// <summary>The domain of the registrar; null takes the trunk's.</summary>
    public string? Registrar { get; init; }

    /// <summary>The user part of the contact; null takes the account's.</summary>
    public string? ContactUser { get; init; }

    /// <summary>The lifetime that is asked for; the registrar may give another.</summary>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the way through NAT is kept open (RFC 5626 section 3.5); zero never does.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(25);
}
