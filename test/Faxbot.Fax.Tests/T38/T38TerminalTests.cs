using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Fax.Tests.T38;

public sealed class T38TerminalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Unpaced_a_clock_that_comes_late_lets_no_more_than_a_burst_out(int burst)
    {
        using var transmitter = new FaxTransmitter(new BitmapDocument(FaxResolution.Fine, SamplePages.Noise(1728, 1000, 0.3, 1)), new TransmitterOptions());
        var sending = new T38Terminal(transmitter, new T38TerminalOptions { Paced = false, UnpacedBurst = burst });
        var pair = new TerminalPair(sending, new T38Terminal(new FaxReceiver(new CollectedPages(), new ReceiverOptions())));
        RunIntoThePage(pair);

        sending.HandleTimeout(pair.Now + TimeSpan.FromSeconds(1));

        var datagram = new byte[sending.MaxDatagram];
        var sent = 0;
        while (sending.TryTakeDatagram(datagram, out _)) sent++;
        Assert.Equal(burst, sent);
    }

    private static void RunIntoThePage(TerminalPair pair)
    {
        pair.Start();
        var limit = TimeSpan.Zero;
        while (!pair.Events.Exists(e => e.Event is FaxEvent.PageStarted))
        {
            Assert.True(limit < TimeSpan.FromMinutes(1), "No page was begun.");
            limit += TimeSpan.FromMilliseconds(2);
            pair.RunUntil(limit);
        }

        // Past the training, in the middle of the first block.
        pair.RunUntil(limit + TimeSpan.FromMilliseconds(10));
    }
}
