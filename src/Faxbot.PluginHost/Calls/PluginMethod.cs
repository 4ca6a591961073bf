using System.Reflection;
using System.Text.Json;
using Faxbot.PluginHost.Context;
using Faxbot.PluginHost.Http;
using Faxbot.Sdk;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Wire;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Faxbot.PluginHost.Calls;

/// <summary>
/// One method of the protocol as a method of the plugin's class. The names of its parameters, in snake case, are the names in <c>params</c>; what it
/// returns is the result. So a new capability needs nothing here but its row in the table.
/// </summary>
/// <param name="capability">The word of the protocol and the method.</param>
/// <param name="plugin">The plugin; null before <c>initialize</c>.</param>
/// <param name="log">Where exceptions are told.</param>
internal sealed class PluginMethod(Capability capability, Func<Plugin?> plugin, StandardErrorLogger log)
{
    private static readonly MethodInfo OfNothing = typeof(PluginMethod).GetMethod(nameof(NothingAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo OfResult = typeof(PluginMethod).GetMethod(nameof(ResultAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
    private Func<Task>? _after;

    /// <summary>Lets <paramref name="rpc"/> call it; <paramref name="after"/> runs before the answer goes out.</summary>
    public void AddTo(JsonRpc rpc, Func<Task>? after)
    {
        _after = after;
        rpc.AddLocalRpcMethod(
            typeof(PluginMethod).GetMethod(nameof(InvokeAsync))!, this, new JsonRpcMethodAttribute(capability.Name) { UseSingleObjectParameterDeserialization = true });
    }

    /// <summary>Calls it; here is the boundary at which each exception of a plugin becomes an answer.</summary>
    public async Task<JsonElement> InvokeAsync(JsonElement arguments, CancellationToken cancel)
    {
        var target = plugin() ?? throw Error(JsonRpcErrorCode.InvalidRequest, $"{WireMethods.Initialize} comes before {capability.Name}.");
        var method = Find(target);
        var bound = Bind(method, arguments, cancel);
        try
        {
            var result = await CallAsync(target, method, bound);
            if (_after is not null) await _after();
            return result;
        }
        catch (FaxRejectedException rejected)
        {
            throw new LocalRpcException(rejected.Message) { ErrorCode = WireErrors.Rejected, ErrorData = rejected.Outcome };
        }
        catch (Exception problem) when (problem is PluginException or UndeclaredHostException)
        {
            throw Error((JsonRpcErrorCode)WireErrors.Problem, problem.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // Its message may hold anything; its type and place do not.
            log.Failure(capability.Name, e);
            throw Error(JsonRpcErrorCode.InvocationError, $"{e.GetType().FullName} in {capability.Name}.");
        }
    }

    private MethodInfo Find(Plugin target)
    {
        var method = target.GetType().GetMethod(capability.Method, BindingFlags.Public | BindingFlags.Instance);
        var isThere = method is not null && (WireMethods.OfEveryPlugin.Contains(capability) || method.DeclaringType != method.GetBaseDefinition().DeclaringType);
        return isThere ? method! : throw Error((JsonRpcErrorCode)WireErrors.NotSupported, $"The plugin does not have the capability {capability.Name}.");
    }

    private object?[] Bind(MethodInfo method, JsonElement arguments, CancellationToken cancel)
    {
        try
        {
            return [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(CancellationToken) ? cancel : Argument(parameter, arguments))];
        }
        catch (JsonException wrong)
        {
            throw Error(JsonRpcErrorCode.InvalidParams, $"{capability.Name}: {wrong.Path}: {wrong.Message.Split(" Path:")[0]}");
        }
    }

    private static object? Argument(ParameterInfo parameter, JsonElement arguments)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
        return arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.Deserialize(parameter.ParameterType, SdkJson.Options)
            : throw new JsonException("It is missing.", $"$.{name}", null, null);
    }

    private static Task<JsonElement> CallAsync(Plugin target, MethodInfo method, object?[] arguments)
    {
        var running = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        var answer = method.ReturnType.IsGenericType ? OfResult.MakeGenericMethod(method.ReturnType.GetGenericArguments()[0]) : OfNothing;
        return (Task<JsonElement>)answer.Invoke(null, [running])!;
    }

    private static async Task<JsonElement> ResultAsync<T>(Task<T> running) => JsonSerializer.SerializeToElement(await running, SdkJson.Options);

    private static async Task<JsonElement> NothingAsync(Task running)
    {
        await running;
        return JsonSerializer.SerializeToElement<object?>(null, SdkJson.Options);
    }

    private static LocalRpcException Error(JsonRpcErrorCode code, string message) => new(message) { ErrorCode = (int)code };
}
