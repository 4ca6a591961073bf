using System.Data.Common;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Outbox;

/// <summary>
/// A kind of item: what it is called, which plugins carry it and how they are spoken to. The queue knows nothing else of it. A new kind is
/// registered as a singleton of this interface. Thread-safe.
/// </summary>
internal interface IOutboxKind
{
    /// <summary>The word in rows and events: <c>message</c> makes <c>message.queued</c> and <c>message_id</c>. Never changes.</summary>
    string Word { get; }

    /// <summary>The category of the plugins that carry it; see <see cref="Sdk.Manifests.CapabilityTypes"/>.</summary>
    string Category { get; }

    /// <summary>What a key must be allowed to read its items and their events: one of <see cref="Keys.Scopes"/>.</summary>
    string ReadScope { get; }

    /// <summary>When it is tried again, and how long it is followed.</summary>
    OutboxRules Rules { get; }

    /// <summary>Hands an item to a plugin; the attempt is on the disk. Called once for each attempt.</summary>
    /// <exception cref="FaxRejectedException">It was surely not taken; the outcome says why.</exception>
    /// <exception cref="PluginFailureException">It cannot be told whether it was taken, unless the failure says that the plugin was not called.</exception>
    Task<OutboxTaken> SubmitAsync(IPluginBackend plugin, OutboxItem item, OutboxAttempt attempt, CancellationToken cancel);

    /// <summary>Asks a plugin what became of an attempt.</summary>
    /// <exception cref="PluginFailureException">The plugin could not say.</exception>
    Task<OutboxReport> LookUpAsync(IPluginBackend plugin, OutboxAttempt attempt, CancellationToken cancel);

    /// <summary>Passes on that an attempt under way is not wanted any more.</summary>
    /// <returns>Whether the wish was taken; false also where such things cannot be cancelled.</returns>
    /// <exception cref="PluginFailureException">The plugin could not say.</exception>
    Task<bool> CancelAsync(IPluginBackend plugin, OutboxAttempt attempt, CancellationToken cancel) => Task.FromResult(false);

    /// <summary>What stands against sending some of the items, by their ids; asked in the transaction in which their attempts would begin.</summary>
    Task<IReadOnlyDictionary<string, OutboxOutcome>> RefuseAsync(DbTransaction transaction, IReadOnlyList<OutboxItem> items);
}

/// <summary>The provider or line has taken an item.</summary>
/// <param name="ProviderId">Its id there.</param>
/// <param name="Progress">How far it came with that: <see cref="OutboxProgress.Accepted"/>, or <see cref="OutboxProgress.Sent"/> where the answer says so.</param>
/// <param name="EstimatedCost">What it will probably cost.</param>
internal sealed record OutboxTaken(string ProviderId, OutboxProgress Progress = OutboxProgress.Accepted, Money? EstimatedCost = null);
