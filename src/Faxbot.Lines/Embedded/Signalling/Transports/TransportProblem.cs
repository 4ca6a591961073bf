namespace Faxbot.Lines.Embedded.Signalling.Transports;

/// <summary>Why a hop cannot be reached.</summary>
/// <param name="Sentence">What happened, for people, without the hop.</param>
/// <param name="Next">What to check.</param>
internal sealed record TransportProblem(string Sentence, string Next)
{
    /// <summary>There was a connection: what had been given to it may have arrived, and the answer been lost.</summary>
    public bool WasConnected { get; private init; }

    public static TransportProblem Closed { get; } = new("The server closed the connection.", "Ask the provider whether this transport is switched on for the account.") { WasConnected = true };

    public static TransportProblem Idle { get; } = new("The connection was idle for too long.", "") { WasConnected = true };

    public static TransportProblem Full { get; } = new("Too many connections are open.", "Try again when fewer calls are up.");

    public static TransportProblem Stuck { get; } = new("The server does not read what it is sent.", "Try again, or another server.") { WasConnected = true };

    public static TransportProblem NotSip { get; } = new("What came over the connection is not SIP.", "Check the trunk's port: another protocol answers there.") { WasConnected = true };

    public static TransportProblem Refused(string reason) =>
        new($"The network does not reach the server: {reason}.", "Check the trunk's address, port and transport, and the firewalls between.");

    public static TransportProblem Silent(TimeSpan patience) =>
        new($"The server did not take the connection within {patience.TotalSeconds:0.#} s.", "Check the trunk's address, port and transport, and the firewalls between.");

    public static TransportProblem NoTls(string reason) =>
        new($"TLS does not come about: {reason}.", "Check that the port is the trunk's TLS port, and the trunk's host name and certificate.");
}
