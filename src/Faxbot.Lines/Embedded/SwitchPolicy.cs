using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded;

/// <summary>Who asks for the switch to T.38 on one call, and when.</summary>
/// <param name="By">Who asks.</param>
/// <param name="After">How long the far end is waited for before we ask.</param>
/// <param name="Timeout">How long the switch may take in all.</param>
internal sealed record SwitchPolicy(T38Switch By, TimeSpan After, TimeSpan Timeout)
{
    public static SwitchPolicy Outbound(TrunkT38 t38) => new(t38.Switch, t38.SwitchAfter, t38.SwitchTimeout);

    public static SwitchPolicy Inbound(TrunkT38 t38) => new(t38.InboundSwitch, t38.InboundSwitchAfter, t38.SwitchTimeout);
}
