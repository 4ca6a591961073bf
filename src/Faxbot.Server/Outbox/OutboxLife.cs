using System.Diagnostics.CodeAnalysis;

namespace Faxbot.Server.Outbox;

/// <summary>
/// How an item may move: the whole table. <c>docs/outbox.md</c> draws it. What is not here cannot happen, so final states never change and an item
/// of which nobody can tell is never queued again.
/// </summary>
internal static class OutboxLife
{
    /// <summary>The states that never change.</summary>
    public static bool IsFinal(OutboxState state) => state is OutboxState.Delivered or OutboxState.Undelivered or OutboxState.Cancelled;

    /// <summary>Where that step leads; false when it cannot be made from there.</summary>
    public static bool TryMove(OutboxState state, OutboxStep step, [NotNullWhen(true)] out OutboxState? next)
    {
        next = (state, step) switch
        {
            (OutboxState.Queued, OutboxStep.Submit) => OutboxState.Submitting,
            (OutboxState.Queued, OutboxStep.Fail) => OutboxState.Undelivered,
            (OutboxState.Queued, OutboxStep.Cancel) => OutboxState.Cancelled,

            (OutboxState.Submitting, OutboxStep.Take) => OutboxState.Accepted,
            (OutboxState.Submitting or OutboxState.Accepted, OutboxStep.Pass) => OutboxState.Sent,
            (OutboxState.Submitting or OutboxState.Accepted or OutboxState.Sent, OutboxStep.Requeue) => OutboxState.Queued,
            (OutboxState.Submitting or OutboxState.Accepted or OutboxState.Sent, OutboxStep.Deliver) => OutboxState.Delivered,
            (OutboxState.Submitting or OutboxState.Accepted or OutboxState.Sent, OutboxStep.Fail) => OutboxState.Undelivered,
            (OutboxState.Submitting or OutboxState.Accepted or OutboxState.Sent, OutboxStep.Cancel) => OutboxState.Cancelled,
            (OutboxState.Submitting or OutboxState.Accepted or OutboxState.Sent, OutboxStep.Lose) => OutboxState.Unknown,

            (OutboxState.Unknown, OutboxStep.Pass) => OutboxState.Sent,
            (OutboxState.Unknown, OutboxStep.Deliver) => OutboxState.Delivered,
            (OutboxState.Unknown, OutboxStep.Fail) => OutboxState.Undelivered,
            _ => null,
        };
        return next is not null;
    }
}

/// <summary>What can happen to an item.</summary>
internal enum OutboxStep
{
    /// <summary>The attempt is written; the plugin is called next.</summary>
    Submit,
    /// <summary>The provider or line has it.</summary>
    Take,
    /// <summary>It was passed on to the network.</summary>
    Pass,
    /// <summary>It waits for the next attempt.</summary>
    Requeue,
    /// <summary>It arrived.</summary>
    Deliver,
    /// <summary>It did not arrive and is not tried again.</summary>
    Fail,
    /// <summary>Its owner does not want it any more.</summary>
    Cancel,
    /// <summary>It cannot be told what became of it.</summary>
    Lose,
}
