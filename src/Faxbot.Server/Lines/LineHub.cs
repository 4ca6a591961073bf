using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
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
using Faxbot.Server.Lines.Media;

namespace Faxbot.Server.Lines;

/// <summary>
/// The gateway's own lines: places the calls that plugins ask for and follows each to its end, whatever becomes of the plugin. Before the first
/// packet of a call the attempt is marked as dialled. Thread-safe.
/// </summary>
internal sealed partial class LineHub(
    SipOptions options, SandboxExchange sandbox, InboundSpool spool, AttemptLedger ledger, CallFollower follower, IMessageRecipient texts, MediaMemory media, TimeProvider time,
    ILogger<LineHub> logger)
    : IAsyncDisposable
{
    private const string Mailbox = "inbox";
    private readonly ConcurrentDictionary<string, FaxCall> _calls = new();
    private readonly Lock _gate = new();
    private EmbeddedLine? _line;
    private EmbeddedLine? _loopback;

    /// <summary>Opens the line at once, where calls that come in are to be answered.</summary>
    /// <exception cref="SocketException">The address is in use or not of this machine.</exception>
    public void Start()
    {
        if (options.AcceptFrom.Count > 0) LineTo(isSandbox: false);
    }

    /// <summary>Connects a trunk for a plugin; null where that needs no line: the trunk is not registered at, is not watched and brings nothing.</summary>
    /// <exception cref="FaxRejectedException">The SIP port cannot be opened.</exception>
    public TrunkConnection? Connect(TrunkProfile trunk, string pluginId, TrunkTraffic takes)
    {
        var needsLine = trunk.Registration is not null || trunk.Signalling.PingInterval is not null || trunk.Inbound is { Authenticate: true } or { Networks.Count: > 0 };
        return needsLine && !IsSandbox(trunk) ? LineTo(isSandbox: false).Connect(trunk, pluginId, takes) : null;
    }

    /// <summary>How many calls are up that came in over the trunks of a plugin.</summary>
    public int CallsIn(string pluginId) => Volatile.Read(ref _line)?.CallsIn(pluginId) ?? 0;

    /// <summary>Places the call of an attempt.</summary>
    /// <exception cref="FaxRejectedException">It was not placed.</exception>
    public async Task OriginateAsync(
        string pluginId, TrunkProfile trunk, PhoneNumber to, IFaxDocument document, LineCallOptions call, MediaLesson lesson, CancellationToken cancel)
    {
        var isSandbox = IsSandbox(trunk);
        var line = LineTo(isSandbox);
        var permit = await ledger.DialAsync(call.AttemptId, cancel);
        if (permit != DialPermit.Granted) throw new FaxRejectedException(GatewayOutcomes.Local(Refusal(permit)));
        var running = line.Originate(new OutboundFax
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
        });
        _calls[call.AttemptId] = running;
        _ = FollowAsync(call.AttemptId, running, document, lesson, duration => CostOf(trunk, to, duration));
    }

    /// <summary>Sends a text message over its trunk's line, and waits for what becomes of it there.</summary>
    /// <exception cref="FaxRejectedException">The SIP port cannot be opened.</exception>
    public Task<MessageOutcome> SendMessageAsync(OutboundMessage message, CancellationToken cancel)
    {
        var isSandbox = IsSandbox(message.Trunk);
        return LineTo(isSandbox).SendMessageAsync(message with { Trunk = Real(message.Trunk, isSandbox) }, cancel);
    }

    /// <summary>What is known of an attempt's call.</summary>
    public async Task<FaxStatus> GetStatusAsync(string attemptId, CancellationToken cancel)
    {
        if (_calls.ContainsKey(attemptId)) return new FaxStatus { State = FaxState.InProgress };
        var attempt = await ledger.FindAsync(attemptId, cancel);
        return attempt switch
        {
            { Outcome: { } outcome } => new FaxStatus { State = outcome.Class == OutcomeClass.Success ? FaxState.Success : FaxState.Failed, Outcome = outcome },
            { DialledAt: null } => new FaxStatus { State = FaxState.NeverSent },
            // Another gateway that shares the rows may have the call, or a crash took it: only its lease tells.
            _ => new FaxStatus { State = FaxState.Unknown },
        };
    }

    /// <summary>Ends the call of an attempt in order; false when there is none.</summary>
    public bool Cancel(string attemptId)
    {
        if (!_calls.TryGetValue(attemptId, out var call)) return false;
        call.Cancel();
        return true;
    }

    /// <summary>Looks at a trunk step by step.</summary>
    public async Task<CheckResult> CheckAsync(TrunkProfile trunk, CheckRequest request, CancellationToken cancel)
    {
        var problems = TrunkProfileRules.Check(trunk);
        if (problems.Count > 0) return CheckResult.Failed([.. problems.Select(problem => $"{problem.Path}: {problem.Message}")]);
        var isSandbox = IsSandbox(trunk);
        return CheckResult.Of(await LineTo(isSandbox).CheckAsync(Real(trunk, isSandbox), request.Dial?.Value, cancel));
    }

    /// <summary>Waits for the calls under way, up to the configured time, then ends them in order.</summary>
    public async Task StopAsync()
    {
        Task all = Task.WhenAll(_calls.Values.Select(call => call.Completion));
        await all.WaitAsync(options.StopPatience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var call in _calls.Values) call.Cancel();
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_line is not null) await _line.DisposeAsync();
        if (_loopback is not null) await _loopback.DisposeAsync();
    }

    private static bool IsSandbox(TrunkProfile trunk) => trunk.Servers[0].Host == SandboxExchange.HostName;

    private static Money? CostOf(TrunkProfile trunk, PhoneNumber to, TimeSpan duration) =>
        trunk.Rates is { } rates && rates.Estimate(to.Value, duration) is { } amount ? new Money(amount, rates.Currency) : null;

    private async Task FollowAsync(string attemptId, FaxCall call, IFaxDocument document, MediaLesson lesson, Func<TimeSpan, Money?> costOf)
    {
        try
        {
            await follower.FollowAsync(attemptId, call, lesson, costOf);
        }
        finally
        {
            document.Dispose();
            _calls.TryRemove(attemptId, out _);
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
        var caller = new MediaParty(new PhoneNumber(fax.CallerNumber), fax.Trunk?.Holder ?? InboundSpool.NoTrunk, MediaDirection.Inbound);
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
