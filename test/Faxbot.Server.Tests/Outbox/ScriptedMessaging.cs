using System.Collections.Concurrent;
using Faxbot.Sdk.Manifests;
using Faxbot.Sdk.Messages;
using Faxbot.Server.Messages;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Tests.Outbox;

/// <summary>A plugin for text messages whose provider does what the test says; it remembers what it was asked.</summary>
internal sealed class ScriptedMessaging(string id) : IPluginBackend
{
    public ConcurrentQueue<MessageRequest> Sent { get; } = [];

    public ConcurrentQueue<MessageReference> Asked { get; } = [];

    public Func<MessageRequest, Task<MessageResult>>? OnSend { get; set; }

    public Func<MessageReference, Task<MessageStatus>>? OnStatus { get; set; }

    public Func<MessagePriceQuery, MessagePrice>? OnPrice { get; set; }

    public bool IsReady { get; set; } = true;

    public PluginPin Pin { get; } = new(id, "1.0.0", 1);

    public PluginManifest Manifest { get; set; } = new()
    {
        Id = id, Name = id, Categories = [MessageKind.Messaging], Capabilities = ["send_message", "get_message_status", "price_message"], Traits = new PluginTraits { LookupByReference = true },
    };

    public BackendLimits Limits { get; set; } = new();

    public async Task<T> CallAsync<T>(string capability, Dictionary<string, object?> arguments, CancellationToken cancel) => (T)(object)(capability switch
    {
        "send_message" => await SendAsync((MessageRequest)arguments["message"]!),
        "get_message_status" => await StatusAsync((MessageReference)arguments["message"]!),
        "price_message" => OnPrice!((MessagePriceQuery)arguments["message"]!),
        _ => throw new PluginFailureException($"{id} cannot do {capability}.", wasCalled: false),
    });

    private Task<MessageResult> SendAsync(MessageRequest message)
    {
        Sent.Enqueue(message);
        return OnSend?.Invoke(message) ?? Task.FromResult(new MessageResult("x" + message.AttemptId, id));
    }

    private Task<MessageStatus> StatusAsync(MessageReference message)
    {
        Asked.Enqueue(message);
        return OnStatus?.Invoke(message) ?? Task.FromResult(new MessageStatus { State = MessageState.Unknown });
    }
}

/// <summary>The plugins of a test's gateway.</summary>
internal sealed class ScriptedPlugins : IPluginBackends
{
    public List<ScriptedMessaging> Messaging { get; } = [];

    /// <summary>The ids of plugins that are known to carry other things.</summary>
    public HashSet<string> Others { get; } = [];

    public IReadOnlyList<IPluginBackend> Of(string category) => category == MessageKind.Messaging ? [.. Messaging] : [];

    public bool MayBeOf(string pluginId, string category) => !Others.Contains(pluginId);
}
