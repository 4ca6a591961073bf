namespace Faxbot.Server.Plugins;

/// <summary>The enabled plugins that send faxes, as they are now. Thread-safe.</summary>
internal interface IFaxBackends
{
    /// <summary>All of them, those that are not ready included.</summary>
    IReadOnlyList<IFaxBackend> All { get; }

    /// <summary>The one with that id; null when it is not installed or not enabled.</summary>
    IFaxBackend? Find(string pluginId);

    /// <summary>Whether a plugin may carry faxes: false only for one that is known to carry other things.</summary>
    bool MayCarry(string pluginId) => true;

    /// <summary>Waits until each has had its chance to start, at most so long: a gateway that begins does not take starting plugins for broken ones.</summary>
    Task SettleAsync(TimeSpan longest, CancellationToken cancel) => Task.CompletedTask;
}
