using System.Net;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>One trunk's share in a registration. Thread-safe.</summary>
internal sealed class RegistrationHold(SharedRegistration shared, TrunkProfile trunk) : IAsyncDisposable
{
    /// <summary>The profile that is held for.</summary>
    public TrunkProfile Trunk => trunk;

    /// <summary>Where the registration stands.</summary>
    public RegistrationStatus Status => shared.Status;

    /// <summary>Waits until the registration stands as wanted.</summary>
    public Task<RegistrationStatus> WhenAsync(Func<RegistrationStatus, bool> wanted, CancellationToken cancel) => shared.WhenAsync(wanted, cancel);

    /// <summary>Whether that is the user of our contact.</summary>
    public bool IsContact(string? user) => user == TrunkBinding.ContactUserOf(trunk);

    /// <summary>
    /// Whether a call to that user from there comes over the registered flow: from the very server that we registered at, whichever number it puts into
    /// the request URI, or from another port of it to our contact.
    /// </summary>
    public bool Takes(string? user, IPEndPoint source) => shared.IsRegistrar(source) || (IsContact(user) && shared.IsRegistrar(source.Address));

    /// <summary>Whether requests of the registrar come from there.</summary>
    public bool IsRegistrar(IPAddress source) => shared.IsRegistrar(source);

    /// <summary>Lets go; whoever held it last removes the binding, and this waits for that.</summary>
    public ValueTask DisposeAsync() => new(shared.LeaveAsync(this));
}
