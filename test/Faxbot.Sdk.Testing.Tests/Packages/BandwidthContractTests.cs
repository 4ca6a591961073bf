using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sip.Bandwidth;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Packages;

/// <summary>Bandwidth by address: two SBCs, plus signs.</summary>
public sealed class BandwidthContractTests() : SipFaxPluginContract<BandwidthFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Bandwidth"),
    Settings = """{ "sbc_primary": "192.0.2.10", "sbc_alternate": "192.0.2.20", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        RequestUri = new AddressRule("+{e164}", "192.0.2.10"),
        From = new AddressRule("+{e164}"),
        Servers = ["192.0.2.10", "192.0.2.20"],
    },
});

/// <summary>Bandwidth with the digest realm of an account.</summary>
public sealed class BandwidthByDigestContractTests() : SipFaxPluginContract<BandwidthFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Bandwidth"),
    Settings = """{ "realm": "fax.9900778.auth.bandwidth.com", "username": "faxline", "password": "kept-at-bandwidth", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("faxline", "kept-at-bandwidth", "fax.9900778.auth.bandwidth.com"),
        RequestUri = new AddressRule("+{e164}", "fax.9900778.auth.bandwidth.com"),
        From = new AddressRule("+{e164}"),
        Servers = ["fax.9900778.auth.bandwidth.com"],
    },
});
