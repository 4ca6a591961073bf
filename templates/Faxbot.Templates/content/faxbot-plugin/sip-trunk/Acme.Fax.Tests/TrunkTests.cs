using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Trunks;

namespace Acme.Fax.Tests;

public sealed class TrunkTests() : SipFaxPluginContract<SipFaxPlugin>(new SipFaxContractOptions
{
    Settings = """{ "username": "acct-2718", "password": "kept-secret", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("acct-2718", "kept-secret", Realm: "acme.example"),
        RequestUri = new AddressRule("{e164}", "sip.acme.example"),
        From = new AddressRule("{e164}", "sip.acme.example"),
        AssertedIdentity = new AddressRule("{e164}", "sip.acme.example"),
        Servers = ["sip.acme.example", "sip2.acme.example"],
        T38 = new CarrierT38 { Asker = T38Asker.Either },
    },
});
