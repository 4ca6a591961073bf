using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sip.Message;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Contracts;

/// <summary>The built-in plugin for messages over any trunk, at a carrier that asks for digest and wants plus signs.</summary>
public sealed class SipTrunkMessageContractTests() : SipMessagePluginContract<SipTrunkMessagePlugin>(new SipFaxContractOptions
{
    // Its templates come to it with the build.
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Message", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0"),
    Settings = """{ "host": "sip.carrier.example", "username": "acct-2718", "password": "s3cret-of-acct", "caller_number": "+13105550127", "inbound_networks": ["192.0.2.0/24"] }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("acct-2718", "s3cret-of-acct", "carrier.example"),
        RequestUri = new AddressRule("+{e164}", "sip.carrier.example"),
        To = new AddressRule("+{e164}", "sip.carrier.example"),
        From = new AddressRule("+{e164}"),
        Servers = ["sip.carrier.example"],
    },
});
