namespace Faxbot.Server.Jobs;

/// <summary>Which plugin carries faxes to numbers that begin so.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Rule">What it says.</param>
/// <param name="CreatedAt">When it was added.</param>
internal sealed record Route(string Id, RouteRule Rule, DateTimeOffset CreatedAt);

/// <summary>What a route says.</summary>
/// <param name="Prefix">How the numbers begin, such as <c>+1212</c>; empty takes all. The routes with the longest prefix that fits are looked at, no others.</param>
/// <param name="PluginId">Who carries them.</param>
/// <param name="Rank">The lowest that is ready is taken.</param>
internal sealed record RouteRule(string Prefix, string PluginId, int Rank)
{
    /// <summary>Decides among equal ranks: the lowest is taken. In any unit, as long as it is the same for all.</summary>
    public int Cost { get; init; }

    public bool Enabled { get; init; } = true;
}
