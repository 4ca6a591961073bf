using Faxbot.Fax.T30;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>libspandsp falls silent in the middle of a call: we end within the timers of T.30, and say what is certain.</summary>
public sealed class SpandspBreakOffTests
{
    private sealed record Death(Func<FaxEvent, bool>? Upon, FaxEnd End, FaxPhase Phase, int Pages, int PerhapsPrinted, double Least, double Most);

    // Least and most: seconds from the last sign of life. A command goes out three times, T4 after each.
    private static readonly Dictionary<string, Death> Receivers = new()
    {
        ["before DIS"] = new(null, FaxEnd.NoFax, FaxPhase.CallSetUp, 0, 0, 25, 50),
        ["after DIS"] = new(Seen(FrameType.Dis), FaxEnd.Silence, FaxPhase.Training, 0, 0, 15, 60),
        ["after CFR"] = new(Seen(FrameType.Cfr), FaxEnd.Silence, FaxPhase.PostPage, 0, 1, 10, 60),
        ["after the first page"] = new(Seen(FrameType.Mcf), FaxEnd.Silence, FaxPhase.PostPage, 1, 1, 10, 60),
    };

    private static readonly Dictionary<string, Death> Transmitters = new()
    {
        ["before DCS"] = new(null, FaxEnd.NoFax, FaxPhase.CallSetUp, 0, 0, 25, 60),
        ["after DCS"] = new(Seen(FrameType.Dcs), FaxEnd.Silence, FaxPhase.Training, 0, 0, 10, 40),
        ["after training"] = new(e => e is FaxEvent.Trained, FaxEnd.Silence, FaxPhase.Page, 0, 0, 6, 30),
        ["in the first page"] = new(e => e is FaxEvent.PageStarted { Page: 1 }, FaxEnd.Silence, FaxPhase.PostPage, 0, 0, 6, 30),
        ["after the first page"] = new(e => e is FaxEvent.PageConfirmed { Page: 1 }, FaxEnd.Silence, FaxPhase.Page, 1, 0, 6, 30),
        ["in the second page"] = new(e => e is FaxEvent.PageStarted { Page: 2 }, FaxEnd.Silence, FaxPhase.PostPage, 1, 0, 6, 30),
    };

    public static TheoryData<string> ReceiverDeaths() => [.. Receivers.Keys];

    public static TheoryData<string> TransmitterDeaths() => [.. Transmitters.Keys];

    [Theory]
    [MemberData(nameof(ReceiverDeaths))]
    public async Task Gives_up_on_a_receiver_that_falls_silent(string when) => Check(Receivers[when], await Fax(Receivers[when]).SendAsync());

    [Theory]
    [MemberData(nameof(TransmitterDeaths))]
    public async Task Gives_up_on_a_transmitter_that_falls_silent(string when) => Check(Transmitters[when], await Fax(Transmitters[when]).ReceiveAsync());

    [Theory]
    [InlineData("--vanish")]
    [InlineData("--abort")]
    public async Task Finds_no_fax_where_the_receiver_ends_before_DIS(string option)
    {
        var result = await new SpandspFax { Peer = [option, "1"], PeerEnds = false }.SendAsync();

        Assert.True(result.Ours is { End: FaxEnd.NoFax, Phase: FaxPhase.CallSetUp }, result.ToString());
    }

    private static SpandspFax Fax(Death death) => new()
    {
        CutUpon = death.Upon,
        Faults = death.Upon is null ? new LinkFaults { Loss = 1 } : LinkFaults.None,
        PeerEnds = false,
    };

    private static Func<FaxEvent, bool> Seen(FrameType type) => happened => happened is FaxEvent.FrameSeen { Sent: false } frame && frame.Type == type;

    private static void Check(Death death, SpandspFaxResult result)
    {
        var ours = result.Ours;
        Assert.True((death.End, death.Phase, death.Pages, death.PerhapsPrinted) == (ours.End, ours.Phase, ours.PagesConfirmed, ours.PagesPerhapsPrinted), result.ToString());
        Assert.True(result.Took.TotalSeconds > death.Least && result.Took.TotalSeconds < death.Most, result.ToString());
    }
}
