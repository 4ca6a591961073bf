namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>An action that was or is about to be sent, until its result is known. The table of actions under way owns it.</summary>
internal sealed class AmiPending(AmiFollow follow)
{
    private readonly TaskCompletionSource<AmiResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<AmiMessage> _events = [];
    private AmiMessage? _response;

    /// <summary>How it ended.</summary>
    public Task<AmiResult> Result => _result.Task;

    /// <summary>Whether a message with its action id is of its result. What Originate reports of its call is not.</summary>
    public bool Wants(AmiMessage message) => message.IsResponse || follow != AmiFollow.Nothing;

    /// <summary>Takes a message of its result; true when nothing more is to come.</summary>
    public bool Take(AmiMessage message)
    {
        if (message.IsResponse) return TakeResponse(message);
        var isEnd = message["EventList"].Equals("Complete", StringComparison.OrdinalIgnoreCase) || message["EventList"].Equals("Cancelled", StringComparison.OrdinalIgnoreCase);
        if (!isEnd) _events.Add(message);
        // Asterisk 16 ends some lists of one event without saying so.
        return (isEnd || follow == AmiFollow.Event) && End(AmiOutcome.Success);
    }

    /// <summary>The connection is gone.</summary>
    public void Lose() => End(_response is null ? AmiOutcome.Unanswered : AmiOutcome.Incomplete);

    private bool TakeResponse(AmiMessage message)
    {
        _response = message;
        if (!message.Response.Equals("Success", StringComparison.OrdinalIgnoreCase) && !message.Response.Equals("Goodbye", StringComparison.OrdinalIgnoreCase))
            return End(AmiOutcome.Refused);
        return follow == AmiFollow.Nothing && End(AmiOutcome.Success);
    }

    private bool End(AmiOutcome outcome)
    {
        _result.TrySetResult(new AmiResult(outcome, _response, [.. _events]));
        return true;
    }
}
