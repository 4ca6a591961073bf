using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Tests.Manifests;

public sealed class CapabilityAgreementTests
{
    [Fact]
    public void What_is_declared_and_overridden_agrees() => Assert.Empty(CapabilityAgreement.Check(Manifest("send_fax", "get_status"), typeof(PlainPlugin)));

    [Fact]
    public void A_capability_that_is_declared_only_is_named_with_the_line_to_change()
    {
        var problem = Assert.Single(CapabilityAgreement.Check(Manifest("send_fax", "get_status", "cancel_fax"), typeof(PlainPlugin)));

        Assert.Equal("$.capabilities", problem.Path);
        Assert.Equal("Override CancelFaxAsync in PlainPlugin, or take \"cancel_fax\" out of $.capabilities.", problem.Fix);
    }

    [Fact]
    public void A_method_that_is_overridden_only_is_named_with_the_line_to_change()
    {
        var problem = Assert.Single(CapabilityAgreement.Check(Manifest("send_fax", "get_status"), typeof(ReceivingPlugin)));

        Assert.Equal("ReceivingPlugin.ReceiveFaxAsync", problem.Path);
        Assert.Equal("Add \"receive_fax\" to $.capabilities and \"inbound\" to $.categories, or remove the override.", problem.Fix);
    }

    [Fact]
    public void What_the_base_class_for_trunks_can_do_may_be_declared_and_need_not_be()
    {
        Assert.Empty(CapabilityAgreement.Check(Manifest("send_fax", "get_status"), typeof(TrunkPlugin)));
        Assert.Empty(CapabilityAgreement.Check(Manifest("send_fax", "get_status", "cancel_fax"), typeof(TrunkPlugin)));
    }

    [Fact]
    public void A_class_of_the_wrong_kind_is_refused()
    {
        var problem = Assert.Single(CapabilityAgreement.Check(Manifest("send_fax", "get_status"), typeof(TextPlugin)));

        Assert.Equal("Derive TextPlugin from FaxPlugin, or correct $.categories.", problem.Fix);
    }

    [Fact]
    public void Each_row_of_the_table_names_methods_that_exist() => Assert.All(
        CapabilityTypes.All.Where(type => type.PluginClass is not null),
        type => Assert.All(type.Capabilities, capability => Assert.NotNull(type.PluginClass!.GetMethod(capability.Method))));

    private static PluginManifest Manifest(params string[] capabilities) => new() { Id = "a", Name = "A", Categories = ["outbound"], Capabilities = capabilities };

    private class PlainPlugin : FaxPlugin
    {
        public override Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel) => Task.FromResult(new SendResult("1", "a"));

        public override Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) => Task.FromResult(new FaxStatus { State = FaxState.Unknown });
    }

    private sealed class ReceivingPlugin : PlainPlugin
    {
        public override Task<ReceivedFax> ReceiveFaxAsync(string providerId, CancellationToken cancel) =>
            Task.FromResult(new ReceivedFax(new InboundNotice(providerId, DateTimeOffset.UnixEpoch), "a.pdf"));
    }

    private sealed class TrunkPlugin : SipFaxPlugin
    {
        protected override TrunkProfile Trunk => new() { Servers = [new TrunkServer { Host = "example.com" }] };
    }

    private sealed class TextPlugin : MessagingPlugin
    {
        public override Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel) => Task.FromResult(new MessageResult("1", "a"));

        public override Task<Money> GetBalanceAsync(CancellationToken cancel) => Task.FromResult(new Money(1, "EUR"));
    }
}
