using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// The registrations of a line, one for each address of record: trunks with the same one share it, so that a check of settings does not remove
/// the binding of the trunk that runs. Thread-safe.
/// </summary>
internal sealed class TrunkRegistrations(SipPort port, TimeProvider time, bool usesLearnedAddress)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SharedRegistration> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps the trunk registered until the hold is released; null where it needs no registration.</summary>
    public RegistrationHold? Hold(TrunkProfile trunk)
    {
        if (KeyOf(trunk) is not { } key) return null;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out var shared)) return shared.Join(trunk);
            shared = new SharedRegistration(port, time, usesLearnedAddress, _gate, () => _known.Remove(key));
            _known.Add(key, shared);
            return shared.Join(trunk);
        }
    }

    /// <summary>What the trunk's registration means for its calls; null without one that holds.</summary>
    public RegisteredFlow? FlowOf(TrunkProfile trunk)
    {
        if (KeyOf(trunk) is not { } key) return null;
        lock (_gate)
        {
            return _known.GetValueOrDefault(key)?.FlowFor(trunk);
        }
    }

    /// <summary>Waits until none is left, once all holds are released.</summary>
    public Task WhenGoneAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_known.Values.Select(shared => shared.Completion));
        }
    }

    // The address of record.
    private static string? KeyOf(TrunkProfile trunk) =>
        trunk is { Registration: not null, Credentials: { } account } ? $"{account.User}@{TrunkBinding.RegistrarOf(trunk)}" : null;
}
