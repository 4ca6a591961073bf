using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>Whom an INVITE calls over which trunk, and for whom, whatever the call carries.</summary>
/// <param name="Trunk">The trunk.</param>
/// <param name="To">The number.</param>
/// <param name="From">The caller number; null leaves it to the trunk profile.</param>
/// <param name="Reference">The id of the attempt.</param>
internal sealed record InviteTarget(TrunkProfile Trunk, string To, string? From, string Reference);
