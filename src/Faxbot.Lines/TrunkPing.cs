using Faxbot.Sip.Transports;

namespace Faxbot.Lines;

/// <summary>What became of a sign of life that a trunk was asked for (OPTIONS), at each place of each of its servers.</summary>
/// <param name="Servers">One for each place, in the order in which calls would try them; one without a place for a server whose name leads nowhere.</param>
public sealed record TrunkPing(IReadOnlyList<ServerPing> Servers)
{
    /// <summary>Whether any server answered.</summary>
    public bool IsAlive => Servers.Any(server => server.Status is not null);

    /// <summary>The SIP status of the first that answered; any answer is a sign of life. Null when none did.</summary>
    public int? Status => Servers.FirstOrDefault(server => server.Status is not null)?.Status;

    /// <summary>Why none answered, in sentences with what to check; null when one did.</summary>
    public string? Problem => IsAlive ? null : string.Join(' ', Servers.Select(server => server.Problem));
}

/// <summary>What became of a sign of life that one server was asked for.</summary>
/// <param name="Host">The server as the profile names it.</param>
/// <param name="Place">Transport, address and port, written such as <c>tls:192.0.2.1:5061</c>; null where the name leads nowhere.</param>
/// <param name="Status">The SIP status of its answer; null when none came.</param>
/// <param name="Problem">Why none came, in a sentence with what to check; null when one did.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ServerPing(string Host, SipHop? Place, int? Status, string? Problem, TimeSpan Elapsed);
