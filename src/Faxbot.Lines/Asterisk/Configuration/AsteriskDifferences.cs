using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>What a trunk profile asks for and Asterisk does otherwise.</summary>
internal static class AsteriskDifferences
{
    /// <summary>One sentence for each thing that the profile says and that does not hold over Asterisk; what it merely leaves at the default is not told.</summary>
    public static IEnumerable<string> Of(TrunkProfile trunk)
    {
        var (t38, standard) = (trunk.T38, new TrunkT38());
        if (t38.InFirstOffer) yield return "t38.in_first_offer does not hold: Asterisk offers T.38 by re-INVITE alone.";
        if (t38.MaxDatagram != standard.MaxDatagram) yield return "t38.max_datagram does not hold: Asterisk reckons itself which datagrams it announces to take.";
        if (t38.MaxDatagramReading != standard.MaxDatagramReading) yield return "t38.max_datagram_reading does not hold: Asterisk reads the whole packet.";
        if (t38.LocalTcf) yield return "t38.local_tcf does not hold: Asterisk transfers TCF.";
        if (t38.FillBitRemoval || t38.TranscodingMmr || t38.TranscodingJbig) yield return "t38.fill_bit_removal, t38.transcoding_mmr and t38.transcoding_jbig do not hold: Asterisk offers none of them.";
        if (!t38.Paced) yield return "t38.paced does not hold: Asterisk sends at the pace of a modem.";
        if (t38.ImageRedundancy != t38.ControlRedundancy) yield return "t38.control_redundancy does not hold: Asterisk protects control and page data alike.";
        if (trunk.Audio.Networks.Count > 0) yield return "audio.networks does not hold: Asterisk takes media from anywhere.";
        if (trunk.Signalling.Redirects == RedirectPolicy.SameTrunk) yield return "signalling.redirects: Asterisk follows them to other places than the trunk's too.";
        if (trunk.Servers.Count > 1) yield return "servers: over Asterisk a call goes to the first server that is for its number, and to no other when that one fails.";
        if (trunk.Registration is not null && trunk.Servers.Count > 1) yield return "registration: Asterisk registers at the first server alone.";
        if (trunk.Inbound.Authenticate) yield return "inbound.authenticate: Asterisk asks calls from inbound.networks for the password.";
    }
}
