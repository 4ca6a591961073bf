using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>A server of a trunk, and a place where it is.</summary>
internal sealed record ServerHop(TrunkServer Server, SipHop Hop);
