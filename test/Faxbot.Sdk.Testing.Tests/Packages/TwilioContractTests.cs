using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Testing;
using Faxbot.Twilio.Fax;

namespace Faxbot.Sdk.Testing.Tests.Packages;

/// <summary>Twilio: packets go to an edge, and the trunk's own domain stands in the addresses.</summary>
public sealed class TwilioContractTests() : SipFaxPluginContract<TwilioFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Twilio.Fax"),
    Settings = """{ "trunk_name": "clinic-fax", "edge": "frankfurt", "username": "trunkuser", "password": "kept-at-twilio", "caller_number": "+13105550127" }""",
    // SK..., the public half of a key.
    NotSecret = ["$.api_key"],
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("trunkuser", "kept-at-twilio", "sip.twilio.com"),
        RequestUri = new AddressRule("+{e164}", "clinic-fax.pstn.twilio.com"),
        From = new AddressRule("+{e164}", "clinic-fax.pstn.twilio.com"),
        Servers = ["pstn.frankfurt.twilio.com", "clinic-fax.pstn.twilio.com"],
    },
});
