using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Message;

/// <summary>Sends and receives text messages over any SIP trunk: by the template of a provider that comes with the package, or by the plain one.</summary>
public sealed class SipTrunkMessagePlugin : SipMessagePlugin;
