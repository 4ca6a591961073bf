using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sip.Telnyx;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Packages;

/// <summary>Telnyx with a credential connection, which re-INVITEs by itself.</summary>
public sealed class TelnyxContractTests() : SipFaxPluginContract<TelnyxFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Telnyx"),
    Settings = """{ "username": "faxuser27", "password": "kept-at-telnyx", "t38_switch": "far_end", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("faxuser27", "kept-at-telnyx", "sip.telnyx.com"),
        RequestUri = new AddressRule("+{e164}", "sip.telnyx.com"),
        From = new AddressRule("+{e164}", "sip.telnyx.com"),
        AssertedIdentity = new AddressRule("+{e164}", "sip.telnyx.com"),
        Headers = new Dictionary<string, string> { ["X-Telnyx-Username"] = "faxuser27" },
        Servers = ["sip.telnyx.com"],
        T38 = new CarrierT38 { Asker = T38Asker.Carrier },
    },
});
