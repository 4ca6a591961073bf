using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>What T.30 offers besides pages: polling, addresses, a receiver that needs time; with libspandsp.</summary>
public sealed class SpandspServicesTests
{
    [Fact]
    public async Task Waits_for_a_receiver_that_is_not_ready()
    {
        var result = await new SpandspFax { Peer = ["--rnr", "2"] }.SendAsync();

        result.AssertDelivered();
        Assert.Equal(2, result.Events.Count(e => e is FaxEvent.FrameSeen { Sent: false, Type: FrameType.Rnr }));
    }

    [Fact]
    public async Task Has_the_sender_wait_while_pages_are_put_away()
    {
        var result = await new SpandspFax { Pages = pages => new SlowPages(pages) }.ReceiveAsync();

        result.AssertDelivered();
        Assert.Equal(4, result.Events.Count(e => e is FaxEvent.FrameSeen { Sent: true, Type: FrameType.Rnr }));
    }

    [Fact]
    public async Task Tells_the_receiver_subaddress_and_sender()
    {
        var result = await new SpandspFax
        {
            Transmitter = new TransmitterOptions { Identity = "+1 555 0100", Subaddress = "12#34", SenderIdentification = "5678" },
            Peer = ["--ident", "+1 555 0199"],
        }.SendAsync();

        result.AssertDelivered();
        Assert.Equal(("+1 555 0199", "12#34", "5678"), (result.Ours.FarIdentity, result.Theirs.FarSubAddress?.Trim(), result.Theirs.FarSenderIdent?.Trim()));
        Assert.Equal("+1 555 0100", result.Theirs.FarIdent?.Trim());
    }

    [Fact]
    public async Task Learns_subaddress_and_sender_from_the_transmitter()
    {
        var result = await new SpandspFax
        {
            Receiver = new ReceiverOptions { RequiredSenderIdentification = "5678" },
            Peer = ["--ident", "+1 555 0100", "--sub-address", "12#34", "--sender-ident", "5678"],
        }.ReceiveAsync();

        result.AssertDelivered();
        Assert.Equal(new FaxEvent.Addressed("12#34", "5678"), result.Events.OfType<FaxEvent.Addressed>().Single());
        Assert.Equal("+1 555 0100", result.Ours.FarIdentity);
    }

    [Fact]
    public async Task Refuses_a_transmitter_without_the_sender_identification()
    {
        var result = await new SpandspFax
        {
            Receiver = new ReceiverOptions { RequiredSenderIdentification = "5678" },
            Peer = ["--sender-ident", "9999"],
        }.ReceiveAsync();

        Assert.True(result.Ours is { End: FaxEnd.Refused, PagesConfirmed: 0 } && result.Theirs is { Result: not 0, Pages: 0 }, result.ToString());
    }

    [Fact]
    public async Task Answers_a_poll()
    {
        var result = await new SpandspFax
        {
            Transmitter = new TransmitterOptions { AnswersPoll = true, SelectivePolling = "4711", Password = "5678" },
            Peer = ["--ident", "+1 555 0199", "--selective-polling", "4711", "--password", "5678"],
        }.SendAsync();

        result.AssertDelivered();
        Assert.Equal("+1 555 0199", result.Ours.FarIdentity);
    }

    [Fact]
    public async Task Refuses_a_poll_with_a_wrong_password()
    {
        var result = await new SpandspFax
        {
            Transmitter = new TransmitterOptions { AnswersPoll = true, Password = "5678" },
            Peer = ["--password", "9999"],
        }.SendAsync();

        Assert.True(result.Ours is { End: FaxEnd.Refused, PagesConfirmed: 0 } && result.Theirs is { Result: not 0, Pages: 0 }, result.ToString());
    }

    [Fact]
    public async Task Polls_a_document_by_its_address()
    {
        var result = await new SpandspFax
        {
            Receiver = new ReceiverOptions { Polls = true, Identity = "+1 555 0100", SelectivePolling = "4711", Password = "5678" },
            Peer = ["--ident", "+1 555 0199"],
        }.ReceiveAsync();

        result.AssertDelivered();
        Assert.Equal(("+1 555 0199", "5678", "+1 555 0100"), (result.Ours.FarIdentity, result.Theirs.FarPassword?.Trim(), result.Theirs.FarIdent?.Trim()));
    }

    /// <summary>Says twice after each page that it is still busy.</summary>
    private sealed class SlowPages(IReceivedPages pages) : IReceivedPages
    {
        private int _asked;

        public bool IsBusy => ++_asked % 3 != 0;

        public void Begin(PageFormat format) => pages.Begin(format);

        public void WriteRow(ReadOnlySpan<byte> row) => pages.WriteRow(row);

        public void Keep(int badRows, int longestBadRun) => pages.Keep(badRows, longestBadRun);

        public void Discard() => pages.Discard();
    }
}
