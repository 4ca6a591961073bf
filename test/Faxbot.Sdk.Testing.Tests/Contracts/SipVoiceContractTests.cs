using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sip.Voice;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Contracts;

/// <summary>Voice calls over a trunk with digest.</summary>
public sealed class SipVoiceContractTests() : VoicePluginContract<SipTrunkVoicePlugin>(new VoiceContractOptions
{
    // As it was built, in the same configuration as these tests: its templates are those of the plugin for faxes.
    PackageFolder = RepositoryRoot.Of(["plugins", "Faxbot.Sip.Voice", "bin", .. AppContext.BaseDirectory.TrimEnd('/').Split('/')[^2..]]),
    Settings = """{ "host": "sip.carrier.example", "username": "acct", "password": "right-password", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("acct", "right-password", "carrier.example"),
        RequestUri = new AddressRule("+{e164}", "sip.carrier.example"),
        From = new AddressRule("+{e164}"),
    },
});
