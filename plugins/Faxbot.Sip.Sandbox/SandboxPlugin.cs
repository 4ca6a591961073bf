using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Sandbox;

/// <summary>Sends to the receiver that comes with the gateway: everything is real but the far end.</summary>
public sealed class SandboxPlugin : SipFaxPlugin
{
    // The gateway knows this name as its own receiver.
    private const string Host = "sandbox.localhost";

    /// <inheritdoc/>
    protected override TrunkProfile Trunk
    {
        get
        {
            var settings = Context.SettingsAs<SandboxSettings>();
            return new TrunkProfile
            {
                Name = "sandbox",
                Server = new TrunkServer { Host = Host },
                T38 = new TrunkT38 { Paced = settings.Paced, MaxDatagram = 1400 },
                RingTimeout = TimeSpan.FromSeconds(settings.RingSeconds),
            };
        }
    }
}
