using Faxbot.Sip.Transactions;
using static Faxbot.Sip.Transactions.TransactionActions;
using static Faxbot.Sip.Transactions.TransactionEvent;
using static Faxbot.Sip.Transactions.TransactionState;

namespace Faxbot.Sip.Tests.Transactions;

/// <summary>One row per edge of the four charts; what is not listed must change nothing.</summary>
public class TransactionTableTests
{
    private static readonly Edge[] InviteClientEdges =
    [
        new("17.1.1.2 the INVITE goes out with timers A and B", Initial, Start, Calling, Send | StartRetransmit | StartTimeout),
        new("17.1.1.2 timer A sends again and doubles", Calling, Retransmit, Calling, Send | BackOff),
        new("17.1.1.2 timer B gives up", Calling, TimedOut, Terminated, ReportTimeout),
        new("17.1.4 an INVITE that cannot be sent ends", Calling, TransportError, Terminated, ReportTransportError),
        new("17.1.1.2 a 1xx stops the retransmissions", Calling, Provisional, Proceeding, StopRetransmit | StopTimeout | Pass),
        new("RFC 6026 7.2 a 2xx in Calling is accepted, timer M", Calling, Success, Accepted, StopRetransmit | StopTimeout | StartLinger | Pass),
        new("17.1.1.2 a failure in Calling is acknowledged, timer D", Calling, Failure, Completed,
            SendAck | StopRetransmit | StopTimeout | StartLinger | Pass),
        new("9.1 a cancelled INVITE is given up in Calling", Calling, Abandon, Terminated, None),
        new("17.1.1.2 each further 1xx goes up", Proceeding, Provisional, Proceeding, Pass),
        new("RFC 6026 7.2 a 2xx in Proceeding is accepted, timer M", Proceeding, Success, Accepted, StartLinger | Pass),
        new("17.1.1.2 a failure in Proceeding is acknowledged, timer D", Proceeding, Failure, Completed, SendAck | StartLinger | Pass),
        new("9.1 a cancelled INVITE is given up in Proceeding", Proceeding, Abandon, Terminated, None),
        new("RFC 6026 7.2 each further 2xx goes up", Accepted, Success, Accepted, Pass),
        new("RFC 6026 7.2 timer M ends", Accepted, Linger, Terminated, None),
        new("17.1.1.2 a repeated failure is acknowledged again and does not go up", Completed, Failure, Completed, SendAck),
        new("17.1.1.2 an ACK that cannot be sent ends", Completed, TransportError, Terminated, ReportTransportError),
        new("17.1.1.2 timer D ends", Completed, Linger, Terminated, None),
    ];

    private static readonly Edge[] NonInviteClientEdges =
    [
        new("17.1.2.2 the request goes out with timers E and F", Initial, Start, Trying, Send | StartRetransmit | StartTimeout),
        new("17.1.2.2 timer E sends again and doubles up to T2", Trying, Retransmit, Trying, Send | BackOff),
        new("17.1.2.2 timer F gives up in Trying", Trying, TimedOut, Terminated, ReportTimeout),
        new("17.1.2.2 a request that cannot be sent ends", Trying, TransportError, Terminated, ReportTransportError),
        new("17.1.2.2 a 1xx goes up", Trying, Provisional, Proceeding, Pass),
        new("17.1.2.2 a 2xx in Trying completes, timer K", Trying, Success, Completed, StopRetransmit | StopTimeout | StartLinger | Pass),
        new("17.1.2.2 a failure in Trying completes, timer K", Trying, Failure, Completed, StopRetransmit | StopTimeout | StartLinger | Pass),
        new("a request nobody waits for ends in Trying", Trying, Abandon, Terminated, None),
        new("17.1.2.2 timer E in Proceeding sends again every T2", Proceeding, Retransmit, Proceeding, Send | RetransmitSlowly),
        new("17.1.2.2 timer F gives up in Proceeding", Proceeding, TimedOut, Terminated, ReportTimeout),
        new("17.1.2.2 a repeat that cannot be sent ends", Proceeding, TransportError, Terminated, ReportTransportError),
        new("17.1.2.2 each further 1xx goes up", Proceeding, Provisional, Proceeding, Pass),
        new("17.1.2.2 a 2xx in Proceeding completes, timer K", Proceeding, Success, Completed, StopRetransmit | StopTimeout | StartLinger | Pass),
        new("17.1.2.2 a failure in Proceeding completes", Proceeding, Failure, Completed, StopRetransmit | StopTimeout | StartLinger | Pass),
        new("a request nobody waits for ends in Proceeding", Proceeding, Abandon, Terminated, None),
        new("17.1.2.2 timer K ends", Completed, Linger, Terminated, None),
    ];

    private static readonly Edge[] InviteServerEdges =
    [
        new("17.2.1 the INVITE goes up", Initial, Start, Proceeding, Pass),
        new("17.2.1 a repeated INVITE gets the latest 1xx again", Proceeding, Request, Proceeding, Send),
        new("17.2.1 a 1xx goes out", Proceeding, Provisional, Proceeding, Send),
        new("RFC 6026 7.1 a 2xx goes out, timer L", Proceeding, Success, Accepted, Send | StartLinger),
        new("17.2.1 a failure goes out, timers G and H", Proceeding, Failure, Completed, Send | StartRetransmit | StartTimeout),
        new("RFC 6026 7.1 a failed send in Proceeding is reported", Proceeding, TransportError, Proceeding, ReportTransportError),
        new("RFC 6026 7.1 a failed send in Accepted is reported", Accepted, TransportError, Accepted, ReportTransportError),
        new("RFC 6026 7.1 the user repeats its 2xx", Accepted, Success, Accepted, Send),
        new("RFC 6026 7.1 an ACK in Accepted goes up", Accepted, Ack, Accepted, Pass),
        new("RFC 6026 7.1 timer L ends", Accepted, Linger, Terminated, None),
        new("17.2.1 a repeated INVITE gets the failure again", Completed, Request, Completed, Send),
        new("17.2.1 timer G sends again and doubles up to T2", Completed, Retransmit, Completed, Send | BackOff),
        new("17.2.1 the ACK confirms, timer I", Completed, Ack, Confirmed, StopRetransmit | StopTimeout | StartLinger),
        new("17.2.1 timer H gives up", Completed, TimedOut, Terminated, ReportTimeout),
        new("RFC 6026 7.1 a failed send in Completed is reported", Completed, TransportError, Completed, ReportTransportError),
        new("17.2.1 timer I ends", Confirmed, Linger, Terminated, None),
    ];

    private static readonly Edge[] NonInviteServerEdges =
    [
        new("17.2.2 the request goes up", Initial, Start, Trying, Pass),
        new("17.2.2 a 1xx goes out", Trying, Provisional, Proceeding, Send),
        new("17.2.2 a 2xx in Trying completes, timer J", Trying, Success, Completed, Send | StartLinger),
        new("17.2.2 a failure in Trying completes, timer J", Trying, Failure, Completed, Send | StartLinger),
        new("17.2.2 a repeated request gets the latest 1xx again", Proceeding, Request, Proceeding, Send),
        new("17.2.2 each further 1xx goes out", Proceeding, Provisional, Proceeding, Send),
        new("17.2.2 a 2xx in Proceeding completes", Proceeding, Success, Completed, Send | StartLinger),
        new("17.2.2 a failure in Proceeding completes", Proceeding, Failure, Completed, Send | StartLinger),
        new("17.2.2 a failed send in Proceeding ends", Proceeding, TransportError, Terminated, ReportTransportError),
        new("17.2.2 a repeated request gets the final response again", Completed, Request, Completed, Send),
        new("17.2.2 a failed send in Completed ends", Completed, TransportError, Terminated, ReportTransportError),
        new("17.2.2 timer J ends", Completed, Linger, Terminated, None),
    ];

    private static readonly Dictionary<string, (Edge[] Edges, Func<TransactionState, TransactionEvent, (TransactionState, TransactionActions)> Next)>
        Charts = new()
        {
            ["INVITE client"] = (InviteClientEdges, InviteClientTable.Next),
            ["non-INVITE client"] = (NonInviteClientEdges, NonInviteClientTable.Next),
            ["INVITE server"] = (InviteServerEdges, InviteServerTable.Next),
            ["non-INVITE server"] = (NonInviteServerEdges, NonInviteServerTable.Next),
        };

    public static TheoryData<string, string> Rows =>
        [.. Charts.SelectMany(chart => chart.Value.Edges.Select(edge => new TheoryDataRow<string, string>(chart.Key, edge.Name)))];

    public static TheoryData<string> ChartNames => [.. Charts.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Takes_the_edge(string chart, string name)
    {
        var (edges, next) = Charts[chart];
        var edge = Assert.Single(edges, candidate => candidate.Name == name);
        Assert.Equal((edge.To, edge.Actions), next(edge.From, edge.Event));
    }

    [Theory]
    [MemberData(nameof(ChartNames))]
    public void Changes_nothing_on_what_the_chart_does_not_show(string chart)
    {
        var (edges, next) = Charts[chart];
        foreach (var state in Enum.GetValues<TransactionState>())
        {
            foreach (var @event in Enum.GetValues<TransactionEvent>())
            {
                if (!edges.Any(edge => edge.From == state && edge.Event == @event))
                {
                    Assert.Equal((state, None), next(state, @event));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ChartNames))]
    public void Reaches_the_end_from_every_state_once_timers_run(string chart)
    {
        var (edges, _) = Charts[chart];
        foreach (var state in edges.Select(edge => edge.To).Distinct().Where(state => state != Terminated))
        {
            var open = new Queue<TransactionState>([state]);
            var seen = new HashSet<TransactionState> { state };
            while (open.TryDequeue(out var at))
            {
                foreach (var edge in edges.Where(edge => edge.From == at && seen.Add(edge.To)))
                {
                    open.Enqueue(edge.To);
                }
            }

            Assert.Contains(Terminated, seen);
        }
    }

    private sealed record Edge(string Name, TransactionState From, TransactionEvent Event, TransactionState To, TransactionActions Actions);
}
