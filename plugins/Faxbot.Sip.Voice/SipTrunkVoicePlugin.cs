using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Voice;

/// <summary>Calls over any SIP trunk and plays recordings: by the template of a provider that comes with the package, or by the plain one.</summary>
public sealed class SipTrunkVoicePlugin : SipVoicePlugin;
