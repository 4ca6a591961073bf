using System.Threading.Channels;
using Faxbot.Lines.Embedded.Media;
using Faxbot.Sip.Calls;

namespace Faxbot.Lines.Embedded;

/// <summary>A call that was placed or taken, as the script that owns it needs it.</summary>
/// <param name="Sip">The call in SIP.</param>
/// <param name="Events">What happens on it.</param>
/// <param name="Media">Its media.</param>
/// <param name="End">How it is ended.</param>
internal sealed record DialledCall(SipCall Sip, ChannelReader<SipCallEvent> Events, CallMedia Media, CallEnd End);
