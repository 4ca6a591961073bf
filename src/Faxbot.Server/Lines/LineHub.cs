using System.Net;
using System.Net.Sockets;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Configuration;
using Faxbot.Server.Jobs;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Lines.Media;

namespace Faxbot.Server.Lines;

/// <summary>
/// The gateway's lines: places the calls that plugins ask for. Before the first packet of a call the attempt is marked as dialled. Thread-safe.
/// </summary>
internal sealed partial class LineHub(
    SipOptions options, SandboxExchange sandbox, AsteriskHub asterisk, FollowedCalls calls, InboundSpool spool, AttemptLedger ledger, CallFollower follower,
    IMessageRecipient texts, MediaMemory media, TimeProvider time, ILogger<LineHub> logger)
    : IAsyncDisposable
{
    private const string Mailbox = "inbox";
    private readonly SemaphoreSlim _finding = new(1);
    private readonly Lock _gate = new();
    private EmbeddedLine? _line;
    private EmbeddedLine? _loopback;

    /// <summary>Opens the line at once, where calls that come in are to be answered, and connects the Asterisk servers.</summary>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public void Start()
    {
        asterisk.Start();
        if (options.AcceptFrom.Count > 0) LineTo(isSandbox: false);
    }

    /// <summary>
    /// Connects a trunk for a plugin; null where that needs no line: the trunk is not registered at, is not watched and brings nothing, or an Asterisk does all
    /// that.
    /// </summary>
    /// <exception cref="FaxRejectedException">The SIP port cannot be opened.</exception>
    public TrunkConnection? Connect(TrunkProfile trunk, string pluginId, TrunkTraffic takes)
    {
        var needsLine = trunk.Registration is not null || trunk.Signalling.PingInterval is not null || trunk.Inbound is { Authenticate: true } or { Networks.Count: > 0 };
        return needsLine && trunk.Line == TrunkLine.Embedded && !IsSandbox(trunk) ? LineTo(isSandbox: false).Connect(trunk, pluginId, takes) : null;
    }

    /// <summary>How many calls are up that came in over the trunks of a plugin.</summary>
    public int CallsIn(string pluginId) => Volatile.Read(ref _line)?.CallsIn(pluginId) ?? 0;

    /// <summary>Places the call of an attempt over the trunk of a plugin.</summary>
    /// <exception cref="FaxRejectedException">It was not placed.</exception>
    public async Task OriginateAsync(
        string pluginId, TrunkProfile trunk, PhoneNumber to, IFaxDocument document, LineCallOptions call, MediaLesson lesson, CancellationToken cancel)
    {
        var isSandbox = IsSandbox(trunk);
        var isOurs = isSandbox || trunk.Line == TrunkLine.Embedded;
        var line = isOurs ? LineTo(isSandbox) : null;
        if (line is null && asterisk.Names.Count == 0) throw new FaxRejectedException(GatewayOutcomes.Local(AsteriskHub.NotConfigured));
        var permit = await ledger.DialAsync(call.AttemptId, isOurs ? [] : asterisk.Names, cancel);
        if (permit != DialPermit.Granted) throw new FaxRejectedException(GatewayOutcomes.Local(Refusal(permit)));
        var fax = new OutboundFax
        {
            Trunk = Real(trunk, isSandbox),
            Holder = pluginId,
            To = to.Value,
            From = call.From?.Value,
            Document = document,
            Reference = call.AttemptId,
            Identity = call.Fax.StationId,
            Subaddress = call.Fax.Subaddress,
            SenderIdentification = call.Fax.SenderPassword,
            FirstPage = call.Fax.FirstPage,
            Ecm = call.Fax.Ecm,
            MaxBitRate = call.Fax.MaxBitRate,
        };
        Func<TimeSpan, Money?> costOf = duration => CostOf(trunk, to, duration);
        if (line is not null) calls.Follow(call.AttemptId, line.Originate(fax), document, lesson, costOf);
        else calls.FollowInAsterisk(call.AttemptId, asterisk.Originate(fax, pluginId), document, lesson, costOf);
    }

    /// <summary>Places a voice call over its trunk's line.</summary>
    /// <exception cref="FaxRejectedException">The SIP port cannot be opened, or the trunk's line plays no recordings.</exception>
    public VoiceCall Originate(OutboundVoice voice)
    {
        var isSandbox = IsSandbox(voice.Trunk);
        if (!isSandbox && voice.Trunk.Line == TrunkLine.Asterisk)
            throw new FaxRejectedException("Recordings are played over the gateway's own line alone: set line to embedded in the trunk's profile.");
        return LineTo(isSandbox).Originate(voice with { Trunk = Real(voice.Trunk, isSandbox) });
    }

    /// <summary>Sends a text message over the line of a plugin's trunk, and waits for what becomes of it there.</summary>
    /// <exception cref="FaxRejectedException">The SIP port cannot be opened.</exception>
    public Task<MessageOutcome> SendMessageAsync(string pluginId, OutboundMessage message, CancellationToken cancel)
    {
        var isSandbox = IsSandbox(message.Trunk);
        if (!isSandbox && message.Trunk.Line == TrunkLine.Asterisk) return asterisk.SendMessageAsync(pluginId, message, cancel);
        return LineTo(isSandbox).SendMessageAsync(message with { Trunk = Real(message.Trunk, isSandbox) }, cancel);
    }

    /// <summary>What is known of an attempt's call; one that goes on in an Asterisk is followed from now on.</summary>
    /// <exception cref="InvalidOperationException">The Asterisk that may have it cannot be asked now.</exception>
    public async Task<FaxStatus> GetStatusAsync(string attemptId, CancellationToken cancel)
    {
        if (calls.Has(attemptId)) return new FaxStatus { State = FaxState.InProgress };
        var attempt = await ledger.FindAsync(attemptId, cancel);
        return attempt switch
        {
            { Outcome: { Class: not OutcomeClass.Unknown } outcome } => Status(outcome),
            { DialledAt: null } => new FaxStatus { State = FaxState.NeverSent },
            { AsteriskServers.Count: > 0 } => await FindAsync(attempt, cancel),
            // Another gateway that shares the rows may have the call, or a crash took it: only its lease tells.
            _ => new FaxStatus { State = FaxState.Unknown, Outcome = attempt?.Outcome },
        };
    }

    /// <summary>Ends the call of an attempt in order; false when there is none.</summary>
    public bool Cancel(string attemptId) => calls.Cancel(attemptId);

    /// <summary>Looks at a trunk step by step.</summary>
    public async Task<CheckResult> CheckAsync(string pluginId, TrunkProfile trunk, CheckRequest request, CancellationToken cancel)
    {
        var problems = TrunkProfileRules.Check(trunk);
        if (problems.Count > 0) return CheckResult.Failed([.. problems.Select(problem => $"{problem.Path}: {problem.Message}")]);
        var isSandbox = IsSandbox(trunk);
        if (!isSandbox && trunk.Line == TrunkLine.Asterisk) return CheckResult.Of(await asterisk.CheckAsync(pluginId, trunk, request.Dial?.Value, cancel));
        return CheckResult.Of(await LineTo(isSandbox).CheckAsync(Real(trunk, isSandbox), request.Dial?.Value, cancel));
    }

    /// <summary>As <see cref="FollowedCalls.StopAsync"/>.</summary>
    public Task StopAsync(CancellationToken cancel) => calls.StopAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        if (_line is not null) await _line.DisposeAsync();
        if (_loopback is not null) await _loopback.DisposeAsync();
        _finding.Dispose();
    }

    private static bool IsSandbox(TrunkProfile trunk) => trunk.Servers[0].Host == SandboxExchange.HostName;

    private static Money? CostOf(TrunkProfile trunk, PhoneNumber to, TimeSpan duration) =>
        trunk.Rates is { } rates && rates.Estimate(to.Value, duration) is { } amount ? new Money(amount, rates.Currency) : null;

    private static FaxStatus Status(FaxOutcome outcome) =>
        new() { State = outcome.Class == OutcomeClass.Success ? FaxState.Success : FaxState.Failed, Outcome = outcome };

    private async Task<FaxStatus> FindAsync(FaxAttempt attempt, CancellationToken cancel)
    {
        // One at a time: a call that is found is followed once.
        await _finding.WaitAsync(cancel);
        try
        {
            if (calls.Has(attempt.Id)) return new FaxStatus { State = FaxState.InProgress };
            switch (await asterisk.FindAsync(attempt, cancel))
            {
                case FoundCall.Running { Call: var call }:
                    calls.FollowInAsterisk(attempt.Id, call);
                    return new FaxStatus { State = FaxState.InProgress };
                case FoundCall.Ended { Outcome: var outcome }:
                    await ledger.EndAsync(attempt.Id, outcome, null, cancel);
                    await asterisk.ForgetAsync(attempt.Id);
                    return Status(outcome);
                case FoundCall.NeverPlaced:
                    return Status(GatewayOutcomes.NeverSent);
                case FoundCall.NotReachable { Servers: var servers }:
                    throw new InvalidOperationException($"The call may be in an Asterisk that cannot be asked now: {string.Join(", ", servers)}.");
                case FoundCall.Unknown { Outcome: var outcome }:
                    return new FaxStatus { State = FaxState.Unknown, Outcome = outcome };
                case var other:
                    throw new System.Diagnostics.UnreachableException($"{other}");
            }
        }
        finally
        {
            _finding.Release();
        }
    }

    private TrunkProfile Real(TrunkProfile trunk, bool isSandbox) => isSandbox
        ? trunk with { Servers = [new TrunkServer { Host = sandbox.EndPoint.Address.ToString(), Port = sandbox.EndPoint.Port }] }
        : trunk;

    // Lines are opened when they are first needed: a gateway that only uses cloud providers has no SIP port open.
    private EmbeddedLine LineTo(bool isSandbox)
    {
        lock (_gate)
        {
            if (isSandbox)
                return _loopback ??= EmbeddedLine.Open(new EmbeddedLineOptions { Bind = new IPEndPoint(IPAddress.Loopback, 0), MaxCalls = options.MaxCalls }, time);
            return _line ??= Open();
        }
    }

    private EmbeddedLine Open()
    {
        var certificates = LineCertificates.Read(options);
        try
        {
            var line = EmbeddedLine.Open(
                new EmbeddedLineOptions
                {
                    Bind = options.Bind,
                    Tcp = options.Tcp,
                    TlsPort = options.TlsPort,
                    TlsCertificate = certificates.Own,
                    TlsChain = certificates.Chain,
                    TlsRoots = certificates.Roots,
                    StunServer = options.StunServer,
                    PublicAddress = options.PublicAddress,
                    MediaPorts = options.MediaPorts is { } ports ? new MediaPortRange(ports.First, ports.Last) : null,
                    MaxCalls = options.MaxCalls,
                },
                time,
                Decide,
                texts);
            LineOpened(logger, line.LocalEndPoint.ToString());
            return line;
        }
        catch (SocketException refused)
        {
            throw new FaxRejectedException($"The SIP port {options.Bind} cannot be opened: {refused.Message}. Free it, or set another sip.bind.", refused);
        }
    }

    // Nobody else's INVITE is answered.
    private IncomingDecision Decide(IncomingFax fax)
    {
        if (fax.Trunk is null && !options.AcceptFrom.Any(network => network.Contains(fax.Peer.Address))) return new IncomingDecision.Reject(403);
        var decision = spool.Accept(fax, Mailbox);
        return decision is IncomingDecision.Accept accept && IsNumber(fax.CallerNumber) ? AsLearnt(accept, fax) : decision;
    }

    // What earlier calls of that number have shown holds for this one, which teaches in its turn.
    private IncomingDecision.Accept AsLearnt(IncomingDecision.Accept accept, IncomingFax fax)
    {
        var caller = new MediaParty(new PhoneNumber(fax.CallerNumber), fax.Trunk?.Holder ?? ReceivedCall.NoTrunk, MediaDirection.Inbound);
        var t38 = media.Callers.Find(caller.Number, caller.Trunk).ApplyInbound(fax.T38);
        var lesson = new MediaLesson(media, caller, offeredFirst: false, new FaxOptions { Ecm = t38.Ecm, MaxBitRate = t38.MaxBitRate });
        return new IncomingDecision.Accept(accept.Pages, Begin) { T38 = t38 };

        void Begin(FaxCall call)
        {
            accept.Started(call);
            _ = follower.LearnAsync(call, lesson);
        }
    }

    // Nothing is learnt of those who hide theirs.
    private static bool IsNumber(string caller) => caller.TrimStart('+') is { Length: >= 3 } digits && digits.All(char.IsAsciiDigit);

    private static string Refusal(DialPermit permit) => permit switch
    {
        DialPermit.AlreadyDialled => "A call was placed for this attempt already.",
        DialPermit.Cancelled => "The fax was cancelled before the call was placed.",
        DialPermit.LeaseLost => "Another gateway has taken the fax over.",
        _ => "The attempt is over.",
    };

    [LoggerMessage(1410, LogLevel.Information, "SIP is open at {EndPoint}")]
    private static partial void LineOpened(ILogger logger, string endPoint);
}
