namespace Faxbot.Server.Configuration;

/// <summary>The Asterisk servers that trunks with <c>line: asterisk</c> go over.</summary>
internal sealed record AsteriskOptions
{
    public IReadOnlyList<AsteriskServerOptions> Servers { get; init; } = [];
}
