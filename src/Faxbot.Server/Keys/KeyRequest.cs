using System.ComponentModel.DataAnnotations;

namespace Faxbot.Server.Keys;

/// <summary>A request for a new key.</summary>
internal sealed record KeyRequest
{
    /// <summary>A name for people.</summary>
    public string? Name { get; init; }

    /// <summary>Whose it is.</summary>
    public string? Owner { get; init; }

    /// <summary>What it may do; <c>fax:send</c> and <c>fax:read</c> when nothing is said.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>From when on it is not taken any more: RFC 3339 with an offset, such as 2027-03-02T09:00:00Z.</summary>
    [DataType(DataType.DateTime)]
    public string? ExpiresAt { get; init; }

    /// <summary>Anything worth knowing.</summary>
    public string? Note { get; init; }
}

/// <summary>A request for a new secret.</summary>
internal sealed record KeyRotation
{
    /// <summary>How many seconds the old secret is still taken; at most a week, none when nothing is said.</summary>
    public int GraceSeconds { get; init; }
}
