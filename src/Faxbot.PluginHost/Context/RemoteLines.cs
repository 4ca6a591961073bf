using Faxbot.PluginHost.Calls;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Sdk.Wire;

namespace Faxbot.PluginHost.Context;

/// <summary>The gateway's lines. A line is its trunk profile: it goes along with each call.</summary>
internal sealed class RemoteLines(Gateway gateway) : IPluginLines
{
    public async Task<IPluginLine> ConnectAsync(TrunkProfile trunk, CancellationToken cancel)
    {
        await gateway.AskAsync<bool>(WireMethods.LinesConnect, new() { ["trunk"] = trunk }, cancel);
        return new Line(gateway, trunk);
    }

    public Task<MessageStatus> SendMessageAsync(TrunkProfile trunk, MessageRequest message, CancellationToken cancel) =>
        gateway.AskAsync<MessageStatus>(WireMethods.LinesSendMessage, new() { ["trunk"] = trunk, ["message"] = message }, cancel);

    public Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel) =>
        gateway.AskAsync<MessageStatus>(WireMethods.LinesGetMessageStatus, new() { ["message"] = message }, cancel);

    public Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel) =>
        gateway.AskAsync<FaxStatus>(WireMethods.LinesGetStatus, new() { ["fax"] = fax }, cancel);

    public Task<bool> CancelAsync(FaxReference fax, CancellationToken cancel) => gateway.AskAsync<bool>(WireMethods.LinesCancel, new() { ["fax"] = fax }, cancel);

    public Task PlaceCallAsync(TrunkProfile trunk, CallRequest call, CancellationToken cancel) =>
        gateway.AskAsync<bool>(WireMethods.LinesPlaceCall, new() { ["trunk"] = trunk, ["call"] = call }, cancel);

    public Task<CallStatus> GetCallStatusAsync(CallReference call, CancellationToken cancel) =>
        gateway.AskAsync<CallStatus>(WireMethods.LinesGetCallStatus, new() { ["call"] = call }, cancel);

    public Task<bool> CancelCallAsync(CallReference call, CancellationToken cancel) =>
        gateway.AskAsync<bool>(WireMethods.LinesCancelCall, new() { ["call"] = call }, cancel);

    public Task<CheckResult> CheckAsync(TrunkProfile trunk, CheckRequest request, CancellationToken cancel) =>
        gateway.AskAsync<CheckResult>(WireMethods.LinesCheck, new() { ["trunk"] = trunk, ["request"] = request }, cancel);

    public Task<CheckResult> CheckHealthAsync(TrunkProfile trunk, CancellationToken cancel) =>
        gateway.AskAsync<CheckResult>(WireMethods.LinesCheckHealth, new() { ["trunk"] = trunk }, cancel);

    private sealed class Line(Gateway gateway, TrunkProfile trunk) : IPluginLine
    {
        public async Task<ILineCall> OriginateAsync(PhoneNumber to, DocumentHandle tiff, LineCallOptions call, CancellationToken cancel) => new RemoteCall(
            await gateway.AskAsync<string>(WireMethods.LinesOriginate, new() { ["trunk"] = trunk, ["to"] = to, ["tiff"] = tiff, ["call"] = call }, cancel));
    }
}

/// <summary>A call that the gateway placed.</summary>
internal sealed record RemoteCall(string Id) : ILineCall;
