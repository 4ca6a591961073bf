using Faxbot.Fax.Negotiation;
using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Pages;
using Faxbot.Testing.Faxes;

namespace Faxbot.Fax.Tests.T30;

/// <summary>Our transmitter against our receiver, in virtual time.</summary>
public sealed class FaxCallTests
{
    public static TheoryData<bool, FaxCoding, int> Ways()
    {
        var ways = new TheoryData<bool, FaxCoding, int>();
        foreach (var rate in (int[])[14_400, 12_000, 9600, 7200, 4800, 2400])
        {
            foreach (var coding in Enum.GetValues<FaxCoding>())
            {
                ways.Add(true, coding, rate);
                if (coding != FaxCoding.Mmr) ways.Add(false, coding, rate);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Delivers_every_pixel_in_every_way(bool ecm, FaxCoding coding, int rate)
    {
        var document = new BitmapDocument(FaxResolution.Fine, SamplePages.Text(1728, 300, 1), SamplePages.Noise(1728, 60, 0.2, 2));
        var pages = new CollectedPages();
        using var transmitter = new FaxTransmitter(document, new TransmitterOptions
        {
            Identity = "+1 555 0100",
            Limits = new TransmitterLimits { Ecm = ecm, BestCoding = coding, MaxBitRate = rate },
        });
        var receiver = new FaxReceiver(pages, new ReceiverOptions { Identity = "+1 555 0199" });
        var pair = new TerminalPair(new T38Terminal(transmitter), new T38Terminal(receiver));

        Assert.True(pair.Run(TimeSpan.FromMinutes(20)), string.Join('\n', pair.Events));

        Assert.Equal(FaxEnd.Completed, transmitter.Result!.End);
        Assert.Equal(FaxEnd.Completed, receiver.Result!.End);
        Assert.Equal(2, transmitter.Result.PagesConfirmed);
        Assert.Equal((coding, ecm, rate), (transmitter.Result.Settings!.Coding, transmitter.Result.Settings.Ecm, transmitter.Result.Settings.Modulation.BitRate()));
        Assert.Equal("+1 555 0199", transmitter.Result.FarIdentity);
        Assert.Equal("+1 555 0100", receiver.Result.FarIdentity);
        Assert.All(document.Pages.Zip(pages.Kept), p => Assert.True(p.Second.Equals(p.First)));
        Assert.Equal(2, pages.Kept.Count);
    }
}
