using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sip.Flowroute;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Packages;

/// <summary>Flowroute with digest: any number with a plus sign, the caller in P-Asserted-Identity.</summary>
public sealed class FlowrouteContractTests() : SipFaxPluginContract<FlowrouteFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Flowroute"),
    Settings = """{ "server": "us-east-va.sip.flowroute.com", "username": "24681357", "password": "kept-at-flowroute", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("24681357", "kept-at-flowroute", "sip.flowroute.com"),
        RequestUri = new AddressRule("+{e164}", "us-east-va.sip.flowroute.com"),
        AssertedIdentity = new AddressRule("+{e164}"),
        Servers = ["us-east-va.sip.flowroute.com"],
    },
});

/// <summary>Flowroute by address: eight digits and an asterisk lead, and no plus sign follows.</summary>
public sealed class FlowrouteByAddressContractTests() : SipFaxPluginContract<FlowrouteFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Flowroute"),
    Settings = """{ "tech_prefix": "24681357", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        RequestUri = new AddressRule("24681357*{e164}", "sip.flowroute.com"),
        AssertedIdentity = new AddressRule("+{e164}"),
        Servers = ["sip.flowroute.com"],
    },
});
