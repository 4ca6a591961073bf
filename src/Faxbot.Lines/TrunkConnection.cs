using System.Net;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Lines.Embedded.Trunks;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines;

/// <summary>
/// A trunk that a line is connected to: it is kept registered where it needs that, its servers are watched, and what it brings is let in, until
/// it is disposed. Thread-safe.
/// </summary>
public sealed class TrunkConnection : IAsyncDisposable
{
    private readonly RegistrationHold? _registration;
    private readonly ServerWatch _servers;
    private readonly Action<TrunkConnection> _left;
    private readonly IPNetwork[] _networks;
    private int _disposed;

    internal TrunkConnection(TrunkProfile trunk, string holder, TrunkTraffic takes, RegistrationHold? registration, ServerWatch servers, Action<TrunkConnection> left)
    {
        (Trunk, Holder, Takes, _registration, _servers, _left) = (trunk, holder, takes, registration, servers, left);
        _networks = [.. trunk.Inbound.Networks.Select(IPNetwork.Parse)];
    }

    /// <summary>The trunk.</summary>
    public TrunkProfile Trunk { get; }

    /// <summary>Whose it is, as it was said when it was connected.</summary>
    public string Holder { get; }

    /// <summary>What comes in over it through this connection.</summary>
    public TrunkTraffic Takes { get; }

    /// <summary>Where its registration stands; null where the trunk needs none.</summary>
    public RegistrationStatus? Registration => _registration?.Status;

    /// <summary>Whether calls can be placed, as far as is known.</summary>
    public bool IsUsable => Registration is null or { Problem: null } && _servers.Silent.Count < Trunk.Servers.Count;

    /// <summary>What is wrong, in sentences with what to check.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Registration?.Problem is { } problem ? [problem] : Array.Empty<string>(),
        .. _servers.Silent.Select(server => $"The server {server.Host} does not answer SIP (OPTIONS): check its address, port and transport, and the firewalls between."),
    ];

    /// <summary>Waits until the registration stands as <paramref name="wanted"/>; at once where the trunk needs none.</summary>
    public async Task<RegistrationStatus?> WhenRegistrationAsync(Func<RegistrationStatus, bool> wanted, CancellationToken cancel) =>
        _registration is null ? null : await _registration.WhenAsync(wanted, cancel);

    /// <summary>Lets the trunk go: its calls are not taken any more, and it is unregistered unless another connection shares its registration.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _left(this);
        await _servers.DisposeAsync();
        if (_registration is not null) await _registration.DisposeAsync();
    }

    /// <summary>Whether a call from there to that user comes over the trunk, by its source alone: one of its networks, or the registered flow.</summary>
    internal bool IsFrom(IPEndPoint source, string? user) =>
        _networks.Any(network => network.Contains(source.Address)) || _registration?.Takes(user, source) == true;

    /// <summary>Whether that is the user of our contact, so that a call to it is this trunk's and not another one's at the same registrar.</summary>
    internal bool IsContact(string? user) => _registration?.IsContact(user) == true;

    /// <summary>Whether calls from there may come over the trunk when they prove it.</summary>
    internal bool MayProve(IPEndPoint source, string? user) => Trunk.Inbound.Authenticate && (_networks.Length == 0 || IsFrom(source, user));

    /// <summary>Whether the trunk itself is there, so that what comes from there is never passed over.</summary>
    internal bool IsAt(IPAddress source) => _networks.Any(network => network.Contains(source)) || _registration?.IsRegistrar(source) == true;

    /// <summary>What answers challenges of the trunk.</summary>
    internal SipCredentials? Credentials => RequestAddresses.CredentialsOf(Trunk);
}
