using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sip.Voxbone;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Packages;

/// <summary>Voxbone as its settings say: here digits without a plus sign, and digest.</summary>
public sealed class VoxboneContractTests() : SipFaxPluginContract<VoxboneFaxPlugin>(new SipFaxContractOptions
{
    PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Voxbone"),
    Settings = """{ "host": "out.voxbone.example", "username": "vxb27", "password": "kept-at-voxbone", "number_style": "e164", "t38": "yes", "caller_number": "+13105550127" }""",
    Carrier = new CarrierRules
    {
        Account = new CarrierAccount("vxb27", "kept-at-voxbone", "voxbone.example"),
        RequestUri = new AddressRule("{e164}", "out.voxbone.example"),
        From = new AddressRule("{e164}"),
        Servers = ["out.voxbone.example"],
    },
});
