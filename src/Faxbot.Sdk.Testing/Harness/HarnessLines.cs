using System.Collections.Concurrent;
using System.Net;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Testing.Harness;

/// <summary>
/// The gateway's lines: the product's own SIP and T.38, with every trunk led to one address, so that no account is needed. Domains and numbers stay as the
/// plugin's profile writes them, and a profile that registers does so there; waits are cut short and pages go out unpaced, so that tests are quick.
/// Thread-safe.
/// </summary>
public sealed class HarnessLines : IPluginLines, IAsyncDisposable
{
    private const string NoCarrier = "This test has no carrier for calls: give PluginHarnessOptions one.";

    private static readonly TimeSpan ShortSwitch = TimeSpan.FromMilliseconds(400), ShortRing = TimeSpan.FromSeconds(2), ShortTimeout = TimeSpan.FromSeconds(4);

    private readonly EmbeddedLine? _line;
    private readonly IPEndPoint? _carrier;
    private readonly ConcurrentDictionary<string, FaxCall> _calls = new();
    private readonly ConcurrentDictionary<string, VoiceCall> _voiceCalls = new();
    private readonly ConcurrentDictionary<string, MessageOutcome> _sent = new();
    private readonly TrunkTraffic _takes;
    private TrunkConnection? _connection;

    internal HarnessLines(IPEndPoint? carrier, IReadOnlyList<string> categories, TimeProvider time)
    {
        _carrier = carrier;
        _takes = categories.Contains("messaging") ? TrunkTraffic.Messages : TrunkTraffic.Calls;
        Messages = new HarnessMessages(time);
        _line = carrier is null ? null : EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0) }, time, null, Messages);
    }

    /// <summary>Where the line is, for a carrier that has something for the customer; null without a carrier.</summary>
    public IPEndPoint? LocalEndPoint => _line?.LocalEndPoint;

    /// <summary>What came in by text message.</summary>
    public HarnessMessages Messages { get; }

    /// <summary>The profile with which the plugin connected last, as it gave it; null before.</summary>
    public TrunkProfile? Trunk { get; private set; }

    /// <inheritdoc/>
    public async Task<IPluginLine> ConnectAsync(TrunkProfile trunk, CancellationToken cancel)
    {
        Take(trunk);
        if (_line is not null) await ConnectAsync(_line, Redirect(trunk), cancel).ConfigureAwait(false);
        return new Line(this, trunk);
    }

    /// <summary>How the call of an attempt ended, once it has.</summary>
    public Task<FaxOutcome> OutcomeAsync(string attemptId) => _calls[attemptId].Completion;

    /// <inheritdoc/>
    public async Task<MessageStatus> SendMessageAsync(TrunkProfile trunk, MessageRequest message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_line is not { } line) throw new FaxRejectedException(NoCarrier);
        var outcome = await line.SendMessageAsync(
            new OutboundMessage { Trunk = Redirect(trunk), To = message.To.Value, From = message.From?.Value, Text = message.Text, Reference = message.AttemptId }, cancel).ConfigureAwait(false);
        if (!_sent.TryAdd(message.AttemptId, outcome)) throw new FaxRejectedException("A message was sent for this attempt.");
        return outcome.State is MessageState.NeverSent or MessageState.Undelivered ? throw new FaxRejectedException(outcome.Failure!) : StatusOf(outcome);
    }

    /// <inheritdoc/>
    public Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Task.FromResult(_sent.TryGetValue(message.AttemptId, out var outcome) ? StatusOf(outcome) : new MessageStatus { State = MessageState.NeverSent });
    }

    /// <inheritdoc/>
    public async Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(fax);
        if (!_calls.TryGetValue(fax.AttemptId, out var call)) return new FaxStatus { State = FaxState.NeverSent };
        if (!call.Completion.IsCompleted) return new FaxStatus { State = FaxState.InProgress, ProviderId = fax.AttemptId };
        var outcome = await call.Completion.ConfigureAwait(false);
        return new FaxStatus { State = outcome.Class == OutcomeClass.Success ? FaxState.Success : FaxState.Failed, Outcome = outcome, ProviderId = fax.AttemptId };
    }

    /// <inheritdoc/>
    public Task<bool> CancelAsync(FaxReference fax, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(fax);
        if (!_calls.TryGetValue(fax.AttemptId, out var call)) return Task.FromResult(false);
        call.Cancel();
        return Task.FromResult(true);
    }

    /// <summary>How the voice call of an attempt ended, once it has.</summary>
    public Task<CallOutcome> CallOutcomeAsync(string attemptId) => _voiceCalls[attemptId].Completion;

    /// <inheritdoc/>
    public Task PlaceCallAsync(TrunkProfile trunk, CallRequest call, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        Take(trunk);
        if (call.Recording != HarnessDocuments.Recording) throw new FaxRejectedException("A line plays the recording that came with the call.");
        if (_line is null) throw new FaxRejectedException(NoCarrier);
        if (_voiceCalls.ContainsKey(call.AttemptId)) throw new FaxRejectedException("There is a call for this attempt.");
        _voiceCalls[call.AttemptId] = _line.Originate(new OutboundVoice
        {
            Trunk = Redirect(trunk),
            To = call.To.Value,
            From = call.From?.Value,
            Recording = SampleRecording.Read(),
            Reference = call.AttemptId,
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CallStatus> GetCallStatusAsync(CallReference call, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!_voiceCalls.TryGetValue(call.AttemptId, out var placed)) return new CallStatus { State = CallState.NeverPlaced };
        return placed.Completion.IsCompleted ? new CallStatus { State = CallState.Ended, Outcome = await placed.Completion.ConfigureAwait(false) } : new CallStatus { State = CallState.Dialling };
    }

    /// <inheritdoc/>
    public Task<bool> CancelCallAsync(CallReference call, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!_voiceCalls.TryGetValue(call.AttemptId, out var placed)) return Task.FromResult(false);
        placed.Cancel();
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(TrunkProfile trunk, CheckRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        if (_line is null) return CheckResult.Failed(NoCarrier);
        var ping = await _line.PingAsync(Redirect(trunk), cancel).ConfigureAwait(false);
        return ping.IsAlive ? CheckResult.Passed : CheckResult.Failed(ping.Problem!);
    }

    /// <inheritdoc/>
    public Task<CheckResult> CheckHealthAsync(TrunkProfile trunk, CancellationToken cancel) =>
        Task.FromResult(_line is null ? CheckResult.Failed(NoCarrier) : CheckResult.Passed);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        if (_line is not null) await _line.DisposeAsync().ConfigureAwait(false);
    }

    private void Take(TrunkProfile trunk)
    {
        var problems = TrunkProfileRules.Check(trunk);
        if (problems.Count > 0) throw new FaxRejectedException(string.Join(' ', problems.Select(problem => $"{problem.Path}: {problem.Message}")));
        Trunk = trunk;
    }

    // A carrier may let in only who has registered: the first answer is waited for, so that a call comes after it. A refusal is the carrier's to tell.
    private async Task ConnectAsync(EmbeddedLine line, TrunkProfile trunk, CancellationToken cancel)
    {
        var connection = line.Connect(trunk, nameof(HarnessLines), _takes);
        if (Interlocked.Exchange(ref _connection, connection) is { } previous) await previous.DisposeAsync().ConfigureAwait(false);
        await connection.WhenRegistrationAsync(status => !status.IsOpen, cancel).ConfigureAwait(false);
    }

    // Where packets go is all that changes: what the server's host would have given to addresses is written down first.
    private TrunkProfile Redirect(TrunkProfile trunk) => trunk with
    {
        Domain = trunk.AddressDomain(),
        Caller = trunk.Caller with { Domain = trunk.Caller.Domain ?? trunk.Domain ?? IPAddress.Loopback.ToString() },
        Servers = [new TrunkServer { Host = _carrier!.Address.ToString(), Port = _carrier.Port }],
        T38 = trunk.T38 with { SwitchAfter = Least(trunk.T38.SwitchAfter, ShortSwitch), SwitchTimeout = Least(trunk.T38.SwitchTimeout, ShortTimeout), Paced = false },
        Inbound = trunk.Inbound.Networks.Count > 0 ? trunk.Inbound with { Networks = [$"{IPAddress.Loopback}/32"] } : trunk.Inbound,
        Signalling = trunk.Signalling with { RingTimeout = Least(trunk.Signalling.RingTimeout, ShortRing) },
    };

    private static MessageStatus StatusOf(MessageOutcome outcome) => new() { State = outcome.State, Reason = outcome.Failure?.Sentence };

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed class Line(HarnessLines lines, TrunkProfile trunk) : IPluginLine
    {
        public Task<ILineCall> OriginateAsync(PhoneNumber to, DocumentHandle tiff, LineCallOptions call, CancellationToken cancel)
        {
            if (tiff.MediaType != "image/tiff") throw new FaxRejectedException("A line sends what Context.Documents.ToFaxTiffAsync gave.");
            if (lines._line is not { } line) throw new FaxRejectedException(NoCarrier);
            var placed = line.Originate(new OutboundFax
            {
                Trunk = lines.Redirect(trunk),
                To = to.Value,
                From = call.From?.Value,
                Document = new SampleFax(),
                Identity = call.Fax.StationId,
                Subaddress = call.Fax.Subaddress,
                SenderIdentification = call.Fax.SenderPassword,
                Reference = call.AttemptId,
                FirstPage = call.Fax.FirstPage,
                Ecm = call.Fax.Ecm,
                MaxBitRate = call.Fax.MaxBitRate,
            });
            if (!lines._calls.TryAdd(call.AttemptId, placed)) throw new FaxRejectedException("There is a call for this attempt.");
            return Task.FromResult<ILineCall>(new Call(call.AttemptId));
        }
    }

    private sealed record Call(string Id) : ILineCall;
}
