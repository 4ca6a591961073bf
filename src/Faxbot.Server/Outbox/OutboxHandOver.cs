using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Content;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Outbox;

/// <summary>Gives an item to its plugin: the attempt is on the disk, and what is not known afterwards is found out, never sent again. Thread-safe.</summary>
internal sealed class OutboxHandOver(SecretBox seal, OutboxQueue queue, OutboxLedger ledger, ILogger<OutboxHandOver> logger)
{
    /// <param name="begun">What is handed over.</param>
    /// <param name="cancel">The process must end; what it breaks off is found out by the next.</param>
    public async Task RunAsync(BegunAttempt begun, CancellationToken cancel)
    {
        try
        {
            var item = begun.Item with { Content = seal.Open(begun.Sealed) };
            var taken = await begun.Kind.SubmitAsync(begun.Backend, item, begun.Attempt, cancel);
            await ledger.TakeAsync(begun.Attempt.Id, taken, cancel);
        }
        catch (ContentException e)
        {
            // A key may yet be put back into the ring; what was damaged stays so.
            var party = e is KeyMissingException ? OutcomeParty.Local : OutcomeParty.Document;
            await ledger.EndAsync(begun.Attempt.Id, OutboxOutcome.Local(e.Message) with { Party = party }, null, cancel);
        }
        catch (FaxRejectedException e)
        {
            await ledger.EndAsync(begun.Attempt.Id, OutboxOutcome.Of(e.Outcome), null, cancel);
        }
        catch (PluginFailureException e) when (!e.WasCalled)
        {
            await ledger.EndAsync(begun.Attempt.Id, OutboxOutcome.Local(e.Message), null, cancel);
        }
        catch (PluginFailureException e)
        {
            logger.HandOverDoubtful(e, begun.Attempt.PluginId, begun.Item.Id);
            await queue.DoubtAsync(begun.Item.Id, cancel);
        }
    }
}
