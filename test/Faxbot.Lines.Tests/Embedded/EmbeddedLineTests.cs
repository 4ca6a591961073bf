using System.Net;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;
using Faxbot.Lines.Embedded;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing.Faxes;

namespace Faxbot.Lines.Tests.Embedded;

/// <summary>Two embedded lines on loopback, over real SIP and T.38.</summary>
public sealed class EmbeddedLineTests
{
    private static readonly TrunkT38 Quick = new() { Paced = false, Switch = T38Switch.Us, InboundSwitch = T38Switch.Us };

    [Theory]
    [InlineData(T38Switch.Us, T38Switch.FarEnd, false)]
    [InlineData(T38Switch.FarEnd, T38Switch.Us, false)]
    [InlineData(T38Switch.Us, T38Switch.Us, false)]
    [InlineData(T38Switch.FarEnd, T38Switch.FarEnd, true)]
    public async Task Delivers_pages_whoever_asks_for_T38(T38Switch caller, T38Switch called, bool firstOffer)
    {
        var pages = new CollectedPages();
        await using var far = Receiving(pages, Quick with { Switch = called });
        await using var near = EmbeddedLine.Open(Options(), TimeProvider.System);
        using var document = Document();

        var call = near.Originate(Fax(far.Line, document, Quick with { Switch = caller, InFirstOffer = firstOffer }));
        var outcome = await call.Completion.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var received = await (await far.Call).Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(outcome.Class == OutcomeClass.Success, outcome.ToString());
        Assert.Equal(OutcomeClass.Success, received.Class);
        Assert.Equal((2, 2, FaxMedium.T38), (outcome.PagesConfirmed, outcome.PagesTotal, outcome.Medium));
        Assert.All(document.Pages.Zip(pages.Kept), p => Assert.True(p.Second.Equals(p.First)));
    }

    [Fact]
    public async Task Reports_a_refusal_as_what_it_means()
    {
        await using var far = EmbeddedLine.Open(Options(), TimeProvider.System, _ => new IncomingDecision.Reject(486));
        await using var near = EmbeddedLine.Open(Options(), TimeProvider.System);
        using var document = Document();

        var outcome = await near.Originate(Fax(far, document, Quick)).Completion;

        Assert.Equal((OutcomeClass.Busy, OutcomePhase.Dial, 486), (outcome.Class, outcome.Phase, outcome.SipStatus));
    }

    [Fact]
    public async Task Ends_in_order_when_cancelled_in_the_middle_of_a_page()
    {
        var pages = new CollectedPages();
        await using var far = Receiving(pages, Quick);
        await using var near = EmbeddedLine.Open(Options(), TimeProvider.System);
        using var document = Document();

        var call = near.Originate(Fax(far.Line, document, Quick with { Paced = true }));
        await foreach (var happened in call.Events)
        {
            if (happened.Event is LineEvent.Fax { Event: FaxEvent.PageStarted }) call.Cancel();
        }

        var outcome = await call.Completion;
        Assert.Equal((OutcomeClass.Local, OutcomePhase.Page, 0), (outcome.Class, outcome.Phase, outcome.PagesConfirmed));
        Assert.Equal(OutcomeClass.Quality, (await (await far.Call).Completion).Class);
        Assert.Empty(pages.Kept);
    }

    private static BitmapDocument Document() =>
        new(FaxResolution.Fine, SamplePages.Text(1728, 400, 1), SamplePages.Noise(1728, 80, 0.3, 2));

    private static EmbeddedLineOptions Options() => new() { Bind = new IPEndPoint(IPAddress.Loopback, 0) };

    private static OutboundFax Fax(EmbeddedLine to, IFaxDocument document, TrunkT38 t38) => new()
    {
        Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1", Port = to.LocalEndPoint.Port }], T38 = t38 },
        To = "+15550199",
        From = "+15550100",
        Document = document,
    };

    private static ReceivingLine Receiving(CollectedPages pages, TrunkT38 t38)
    {
        var arrived = new TaskCompletionSource<FaxCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        var line = EmbeddedLine.Open(
            Options() with { InboundT38 = t38 }, TimeProvider.System, _ => new IncomingDecision.Accept(pages, arrived.SetResult));
        return new ReceivingLine(line, arrived.Task);
    }

    private sealed record ReceivingLine(EmbeddedLine Line, Task<FaxCall> Call) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Line.DisposeAsync();
    }
}
