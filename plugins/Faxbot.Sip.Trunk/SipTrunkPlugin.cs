using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Trunk;

/// <summary>Sends over any SIP trunk: by the template of a provider that comes with the package, or by the plain one.</summary>
public sealed class SipTrunkPlugin : SipFaxPlugin;
