using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Lines.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>
/// Finds what became of a call: a channel that is there before a record of its end, and any record before none. Where nothing is found, nobody was
/// called, as long as Asterisk runs that could have been asked to.
/// </summary>
internal sealed class Finding(ServerPool pool, TimeProvider time)
{
    // Clocks are read to the second.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    // An Originate that was just taken has no channel yet.
    private static readonly TimeSpan ChannelPatience = TimeSpan.FromSeconds(3);

    /// <summary>Asks all servers.</summary>
    /// <param name="attemptId">Whose call.</param>
    /// <param name="placed">When it was placed.</param>
    /// <param name="follow">Follows a call that is up.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<FoundCall> RunAsync(string attemptId, DateTimeOffset placed, Func<ServerLink, CallTrace.Alive, FaxCall> follow, CancellationToken cancel)
    {
        var traces = await AskAsync(attemptId);
        if (IsOpen(traces))
        {
            await Task.Delay(ChannelPatience, time, cancel);
            traces = await AskAsync(attemptId);
        }

        var (link, best) = traces.MinBy(found => Rank(found.Trace));
        return best switch
        {
            CallTrace.Alive alive => new FoundCall.Running(follow(link, alive)),
            CallTrace.Ended { Report: { IsAnswered: true } report } => new FoundCall.Ended(AsteriskOutcomes.Sent(report, report.PagesTotal ?? 0, ownEnd: null)),
            CallTrace.Ended { Report: var report } => new FoundCall.Ended(AsteriskOutcomes.NotAnswered(report.SipAnswer, report.Cause, hasRung: true, [], report.PagesTotal ?? 0)),
            _ when traces.Any(found => found.Trace is null) => new FoundCall.NotReachable([.. traces.Where(found => found.Trace is null).Select(found => found.Link.Server.Name)]),
            CallTrace.NotAnswered missing => new FoundCall.Ended(AsteriskOutcomes.LostBeforeAnswer(missing.IsSameRun, pagesTotal: 0)),
            CallTrace.Nothing when traces.All(found => found.Link.Started + Margin < placed) => new FoundCall.NeverPlaced(),
            _ => new FoundCall.Unknown(AsteriskOutcomes.Unknown("Asterisk ended in the middle of the call.", isAnswered: true, 0, pagesTotal: 0)),
        };
    }

    private async Task<IReadOnlyList<(ServerLink Link, CallTrace? Trace)>> AskAsync(string attemptId) =>
        await Task.WhenAll(pool.Links.Select(async link => (link, await link.LookUpAsync(attemptId))));

    private static bool IsOpen(IReadOnlyList<(ServerLink Link, CallTrace? Trace)> traces) =>
        traces.Min(found => Rank(found.Trace)) is var best && best == Rank(new CallTrace.NotAnswered(IsSameRun: true));

    private static int Rank(CallTrace? trace) => trace switch
    {
        CallTrace.Alive => 0,
        CallTrace.Ended => 1,
        CallTrace.CutOff => 2,
        CallTrace.NotAnswered => 3,
        CallTrace.Nothing => 4,
        _ => 5,
    };
}
