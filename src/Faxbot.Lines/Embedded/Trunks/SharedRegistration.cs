using System.Net;
using System.Threading.Channels;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// The binding of one address of record, kept while anybody holds it, by the profile of whoever came last. One loop owns it:
/// 1. find the registrar's addresses; 2. register, or go on where nothing changed; 3. wait until the holders or the registration change;
/// 4. when nobody holds it any more, remove it. Who joins while it is being removed has it made anew.
/// </summary>
internal sealed class SharedRegistration(SipPort port, TimeProvider time, bool usesLearnedAddress, Lock gate, Action over)
{
    // A name without an address is looked up again after this.
    private static readonly TimeSpan LookUpPause = TimeSpan.FromSeconds(30);

    // The registrar's answer to the removal is waited for this long; then the binding runs out by itself.
    private static readonly TimeSpan RemovalWait = TimeSpan.FromSeconds(4);

    private readonly List<RegistrationHold> _holds = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile IReadOnlyList<SipHop> _hops = [];
    private volatile RegistrationStatus _status = RegistrationStatus.Asked;
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _joined = New();
    private SipRegistration? _registration;
    private volatile TrunkProfile? _inForce;
    private volatile RegisteredFlow? _flow;
    private Task? _loop;

    /// <summary>Where it stands.</summary>
    public RegistrationStatus Status => _status;

    /// <summary>Completes when nobody holds it any more and the binding is gone.</summary>
    public Task Completion => _loop ?? Task.CompletedTask;

    /// <summary>What it means for calls over that trunk; null while there is no binding, or it is another trunk's.</summary>
    public RegisteredFlow? FlowFor(TrunkProfile trunk) => _inForce is { } inForce && TrunkBinding.IsSame(inForce, trunk) ? _flow : null;

    /// <summary>Adds a holder, under the gate.</summary>
    public RegistrationHold Join(TrunkProfile trunk)
    {
        var hold = new RegistrationHold(this, trunk);
        _holds.Add(hold);
        _joined.SetResult();
        _joined = New();
        if (_inForce is { } former && !TrunkBinding.IsSame(former, trunk)) Show(RegistrationStatus.Asked);
        _loop ??= Task.Run(RunAsync);
        _wake.Writer.TryWrite(true);
        return hold;
    }

    /// <summary>Removes a holder; after the last one it waits until the binding is gone.</summary>
    public async Task LeaveAsync(RegistrationHold hold)
    {
        var gone = Task.CompletedTask;
        lock (gate)
        {
            // Who joins meanwhile keeps it.
            if (_holds.Remove(hold) && _holds.Count == 0) gone = Task.WhenAny(Completion, _joined.Task);
        }

        _wake.Writer.TryWrite(true);
        await gone;
    }

    /// <summary>Whether that is where the registrar listens.</summary>
    public bool IsRegistrar(IPEndPoint source) => _hops.Any(hop => hop.EndPoint.Equals(source));

    /// <summary>Whether that is an address of the registrar.</summary>
    public bool IsRegistrar(IPAddress source) => _hops.Any(hop => hop.EndPoint.Address.Equals(source));

    /// <summary>Waits until it stands as wanted.</summary>
    public async Task<RegistrationStatus> WhenAsync(Func<RegistrationStatus, bool> wanted, CancellationToken cancel)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (_status is var status && wanted(status)) return status;
            await changed.WaitAsync(cancel);
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            if (Newest() is { } trunk)
            {
                await KeepAsync(trunk);
                continue;
            }

            await RemoveAsync();
            lock (gate)
            {
                if (_holds.Count > 0) continue;
                over();
                return;
            }
        }
    }

    private TrunkProfile? Newest()
    {
        lock (gate)
        {
            return _holds.Count == 0 ? null : _holds[^1].Trunk;
        }
    }

    private async Task KeepAsync(TrunkProfile trunk)
    {
        var isNew = _inForce is null || !TrunkBinding.IsSame(_inForce, trunk);
        if (isNew || _registration is null or { State: SipRegistrationState.Waiting })
        {
            // Step 1
            var found = await TrunkBinding.ResolveAsync(trunk, port, CancellationToken.None);
            if (found.Count == 0 && _registration is null)
            {
                Show(RegistrationSentences.Unresolved(trunk.Servers[0].Host));
                await WaitAsync(LookUpPause);
                return;
            }

            if (found.Count > 0) _hops = found;
        }

        // Step 2
        if (isNew || _registration is null) Replace(trunk);
        else if (_registration is { State: SipRegistrationState.Waiting } waiting) port.Do(_ => waiting.UseHops(_hops));
        _inForce = trunk;

        // Step 3
        await WaitAsync(Timeout.InfiniteTimeSpan);
    }

    private void Replace(TrunkProfile trunk)
    {
        var former = _registration;
        Show(RegistrationStatus.Asked);
        _flow = null;
        var registrar = TrunkBinding.RegistrarOf(trunk);
        _registration = port.Register(
            TrunkBinding.Request(trunk, _hops, port.Towards(_hops[0].EndPoint.Address), usesLearnedAddress),
            changed =>
            {
                _flow = RegisteredFlow.Of(changed);
                if (RegistrationSentences.Describe(changed, registrar) is { } status) Show(status);
                _wake.Writer.TryWrite(true);
            });
        if (former is null) return;
        var isSameContact = former.Contact.Uri.User == _registration.Contact.Uri.User;
        former.Owner = null;
        port.Do(now =>
        {
            // The same contact again takes the place of the former binding, and its removal would remove both.
            if (isSameContact) former.Abandon();
            else former.Unregister(now);
        });
    }

    private async Task RemoveAsync()
    {
        if (_registration is not { } registration) return;
        using var limit = new CancellationTokenSource(RemovalWait, time);
        port.Do(now => registration.Unregister(now));
        while (registration.State != SipRegistrationState.Ended && !limit.IsCancellationRequested) await WaitAsync(limit.Token);
        port.Do(_ => registration.Abandon());
        (_registration, _inForce) = (null, null);
        Show(RegistrationStatus.Asked);
    }

    private async Task WaitAsync(TimeSpan longest)
    {
        using var limit = new CancellationTokenSource(longest, time);
        await WaitAsync(limit.Token);
    }

    private async Task WaitAsync(CancellationToken limit)
    {
        try
        {
            await _wake.Reader.ReadAsync(limit);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // Long enough; the loop looks anew.
        }
    }

    private void Show(RegistrationStatus status)
    {
        _status = status;
        Interlocked.Exchange(ref _changed, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
