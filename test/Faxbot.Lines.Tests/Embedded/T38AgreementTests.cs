using Faxbot.Fax.T38;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Sdp;

namespace Faxbot.Lines.Tests.Embedded;

public sealed class T38AgreementTests
{
    [Theory]
    [InlineData(T38DatagramReading.Udptl, null, 200, UdptlDatagramLimit.WholeDatagram, 200)]
    [InlineData(T38DatagramReading.Ifp, null, 200, UdptlDatagramLimit.PrimaryPacket, 200)]
    [InlineData(T38DatagramReading.Ifp, 120, 200, UdptlDatagramLimit.PrimaryPacket, 120)]
    [InlineData(T38DatagramReading.Udptl, 300, null, UdptlDatagramLimit.WholeDatagram, 300)]
    [InlineData(T38DatagramReading.Udptl, null, null, UdptlDatagramLimit.WholeDatagram, 400)]
    public void What_the_far_end_takes_is_read_as_its_trunk_says(T38DatagramReading reading, int? own, int? announced, UdptlDatagramLimit means, int most)
    {
        var far = new T38Attributes { MaxDatagram = announced };
        var agreement = new T38Agreement(far, far, ByUs: true, new TrunkT38 { MaxDatagramReading = reading, MaxDatagramOverride = own });

        var sender = agreement.TerminalOptions().Sender;

        Assert.Equal((means, most), (sender.MaxDatagramMeans, sender.MaxDatagram));
    }
}
