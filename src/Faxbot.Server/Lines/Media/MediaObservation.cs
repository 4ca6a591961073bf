using Faxbot.Fax.T30;
using Faxbot.Lines;

namespace Faxbot.Server.Lines.Media;

/// <summary>Who brought a call to T.38.</summary>
internal enum MediaSwitch
{
    /// <summary>We asked in a re-INVITE.</summary>
    Us,
    /// <summary>The far end asked.</summary>
    FarEnd,
    /// <summary>It stood in the first offer, and was taken.</summary>
    FirstOffer,
}

/// <summary>What a call has shown of its media so far. Not thread-safe: the call's follower owns it.</summary>
internal sealed class MediaObservation
{
    /// <summary>Who brought it to T.38; null while nobody has.</summary>
    public MediaSwitch? SwitchedBy { get; private set; }

    /// <summary>Whether error correction was used; null before that was settled.</summary>
    public bool? Ecm { get; private set; }

    /// <summary>The rate of the pages, bits per second; null before that was settled.</summary>
    public int? BitRate { get; private set; }

    public void Note(LineEvent happened)
    {
        switch (happened)
        {
            case LineEvent.SwitchedToT38 t38:
                SwitchedBy = t38.ByUs ? MediaSwitch.Us : MediaSwitch.FarEnd;
                break;
            case LineEvent.Fax { Event: FaxEvent.Negotiated { Settings: var settings } }:
                // Nobody had to ask: it was in the first offer.
                SwitchedBy ??= MediaSwitch.FirstOffer;
                (Ecm, BitRate) = (settings.Ecm, settings.Modulation.BitRate());
                break;
        }
    }
}
