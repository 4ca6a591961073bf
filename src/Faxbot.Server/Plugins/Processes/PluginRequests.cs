using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Lines;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Sdk.Wire;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Faxbot.Server.Plugins.Processes;

/// <summary>Answers what one plugin's process asks of the gateway. Thread-safe.</summary>
/// <param name="session">Who asks.</param>
/// <param name="folder">The plugin's own folder.</param>
/// <param name="services">Who does it.</param>
/// <param name="most">How many requests may be open.</param>
/// <param name="broken">Told when there are more.</param>
internal sealed class PluginRequests(PluginSession session, string folder, IPluginServices services, int most, Action<string> broken)
{
    private int _open;

    public void AddTo(JsonRpc rpc)
    {
        Add(rpc, WireMethods.DocumentsToFaxTiff, (asked, cancel) => services.ToFaxTiffAsync(session.PluginId, asked.Get<DocumentHandle>("document"), asked.Get<PageQuality>("quality"), cancel));
        Add(rpc, WireMethods.DocumentsToPdf, (asked, cancel) => services.ToPdfAsync(session.PluginId, asked.Get<DocumentHandle>("document"), cancel));
        Add(rpc, WireMethods.DocumentsCopy, (asked, cancel) => services.CopyToFolderAsync(session.PluginId, asked.Get<DocumentHandle>("document"), folder, cancel));
        Add(rpc, WireMethods.DocumentsPublish, (asked, cancel) => services.PublishAsync(session.PluginId, asked.Get<DocumentHandle>("document"), asked.Get<TimeSpan>("lifetime"), cancel));
        Add(rpc, WireMethods.LinesConnect, (asked, cancel) => services.ConnectAsync(session, asked.Get<TrunkProfile>("trunk"), cancel));
        Add(rpc, WireMethods.LinesOriginate, (asked, cancel) => services.OriginateAsync(
            session, asked.Get<TrunkProfile>("trunk"), asked.Get<PhoneNumber>("to"), asked.Get<DocumentHandle>("tiff"), asked.Get<LineCallOptions>("call"), cancel));
        Add(rpc, WireMethods.LinesPlaceCall, (asked, cancel) => services.PlaceCallAsync(session, asked.Get<TrunkProfile>("trunk"), asked.Get<CallRequest>("call"), cancel));
        Add(rpc, WireMethods.LinesGetCallStatus, (asked, cancel) => services.GetVoiceStatusAsync(session.PluginId, asked.Get<CallReference>("call"), cancel));
        Add(rpc, WireMethods.LinesCancelCall, (asked, cancel) => services.CancelVoiceAsync(session.PluginId, asked.Get<CallReference>("call"), cancel));
        Add(rpc, WireMethods.LinesSendMessage, (asked, cancel) => services.SendMessageAsync(session, asked.Get<TrunkProfile>("trunk"), asked.Get<MessageRequest>("message"), cancel));
        Add(rpc, WireMethods.LinesGetMessageStatus, (asked, cancel) => services.GetMessageStatusAsync(session.PluginId, asked.Get<MessageReference>("message"), cancel));
        Add(rpc, WireMethods.LinesGetStatus, (asked, cancel) => services.GetCallStatusAsync(session.PluginId, asked.Get<FaxReference>("fax"), cancel));
        Add(rpc, WireMethods.LinesCancel, (asked, cancel) => services.CancelCallAsync(session.PluginId, asked.Get<FaxReference>("fax"), cancel));
        Add(rpc, WireMethods.LinesCheck, (asked, cancel) => services.CheckTrunkAsync(session, asked.Get<TrunkProfile>("trunk"), asked.Get<CheckRequest>("request"), cancel));
        Add(rpc, WireMethods.LinesCheckHealth, (asked, cancel) => services.CheckTrunkHealthAsync(session, asked.Get<TrunkProfile>("trunk"), cancel));
        Add(rpc, WireMethods.JobsReport, async (asked, cancel) =>
        {
            await services.ReportAsync(session.PluginId, asked.Get<string>("attempt_id"), asked.Get<FaxStatus>("status"), cancel);
            return true;
        });
    }

    private void Add<T>(JsonRpc rpc, string method, Func<Question, CancellationToken, Task<T>> answer)
    {
        Func<JsonElement, CancellationToken, Task<JsonElement>> handler = (asked, cancel) => AnswerAsync(new Question(asked), answer, cancel);
        rpc.AddLocalRpcMethod(handler.Method, handler.Target, new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });
    }

    private async Task<JsonElement> AnswerAsync<T>(Question asked, Func<Question, CancellationToken, Task<T>> answer, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _open) > most) broken("asked more at once than it may");
        try
        {
            return JsonSerializer.SerializeToElement(await answer(asked, cancel), SdkJson.Options);
        }
        catch (FaxRejectedException rejected)
        {
            throw new LocalRpcException(rejected.Message) { ErrorCode = WireErrors.Rejected, ErrorData = rejected.Outcome };
        }
        catch (InvalidOperationException impossible)
        {
            throw new LocalRpcException(impossible.Message) { ErrorCode = WireErrors.NotPossible };
        }
        catch (JsonException wrong)
        {
            throw new LocalRpcException($"{wrong.Path}: {wrong.Message.Split(" Path:")[0]}") { ErrorCode = (int)JsonRpcErrorCode.InvalidParams };
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>The named parameters of a request.</summary>
    private readonly struct Question(JsonElement parameters)
    {
        public T Get<T>(string name) where T : notnull =>
            parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
                ? value.Deserialize<T>(SdkJson.Options)!
                : throw new JsonException("It is missing.", $"$.{name}", null, null);
    }
}
