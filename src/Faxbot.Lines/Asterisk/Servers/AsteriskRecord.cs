using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;

namespace Faxbot.Lines.Asterisk.Servers;

/// <summary>Asterisk's record of calls: its channels, and what AstDB keeps of those that are over. Thread-safe.</summary>
internal sealed class AsteriskRecord(Func<AmiAction, AmiFollow, Task<AmiResult>> ask)
{
    private const string Sent = "faxbot-sent";
    private const string Placed = "placed";
    private const string Answered = "answered";
    private const char Separator = '|';

    /// <summary>Notes that a call is about to be placed.</summary>
    /// <param name="attemptId">Whose call.</param>
    /// <param name="run">Since when Asterisk runs.</param>
    public Task<AmiResult> NoteAsync(string attemptId, string run) =>
        ask(new AmiAction("DBPut").With("Family", Sent).With("Key", attemptId).With("Val", $"{Placed}{Separator}{run}"), AmiFollow.Nothing);

    /// <summary>Deletes what is kept of a call.</summary>
    public Task<AmiResult> ForgetAsync(string attemptId) => DeleteAsync(Sent, attemptId);

    /// <summary>What is known of a call; null when Asterisk cannot be asked.</summary>
    /// <param name="attemptId">Whose call.</param>
    /// <param name="run">Since when Asterisk runs.</param>
    public async Task<CallTrace?> LookUpAsync(string attemptId, string run)
    {
        var status = await ask(
            new AmiAction("Status").With("Channel", Origination.ChannelIdOf(attemptId)).With("Variables", "FAXBOT_PAGES,FAXBOT_FIRST"), AmiFollow.List);
        if (status.IsSuccess && status.Events.FirstOrDefault(item => item.Event == "Status") is { } channel) return Alive(channel);
        if (status.Outcome is not (AmiOutcome.Success or AmiOutcome.Refused)) return null;
        // In this order: what the end of the channel writes is there before the channel is gone.
        var (isKnown, record) = await ReadAsync(Sent, attemptId);
        if (!isKnown) return null;
        return record switch
        {
            null => new CallTrace.Nothing(),
            Answered => new CallTrace.CutOff(),
            _ when FaxReport.TryParse(record, out var report) => new CallTrace.Ended(report),
            _ => new CallTrace.NotAnswered(record == $"{Placed}{Separator}{run}"),
        };
    }

    /// <summary>Whether a channel is there; null when Asterisk cannot be asked.</summary>
    public async Task<bool?> IsAliveAsync(string channel)
    {
        var status = await ask(new AmiAction("Status").With("Channel", channel), AmiFollow.List);
        return status.Outcome switch { AmiOutcome.Success => true, AmiOutcome.Refused => false, _ => null };
    }

    /// <summary>Reads a value: whether Asterisk could be asked, and the value, null where there is none.</summary>
    public async Task<(bool IsKnown, string? Value)> ReadAsync(string family, string key)
    {
        var found = await ask(new AmiAction("DBGet").With("Family", family).With("Key", key), AmiFollow.Event);
        return (found.Outcome is AmiOutcome.Success or AmiOutcome.Refused, found.Events is [var value, ..] ? value["Val"] : null);
    }

    /// <summary>Writes a value.</summary>
    public Task<AmiResult> WriteAsync(string family, string key, string value) =>
        ask(new AmiAction("DBPut").With("Family", family).With("Key", key).With("Val", value), AmiFollow.Nothing);

    /// <summary>Deletes a value; refused where there is none.</summary>
    public Task<AmiResult> DeleteAsync(string family, string key) => ask(new AmiAction("DBDel").With("Family", family).With("Key", key), AmiFollow.Nothing);

    private static CallTrace.Alive Alive(AmiMessage channel)
    {
        var variables = channel.Fields.Where(field => field.Key.Equals("Variable", StringComparison.OrdinalIgnoreCase))
            .Select(field => field.Value.Split('=', 2)).Where(parts => parts.Length == 2).GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        return new CallTrace.Alive(channel["Channel"], channel["ChannelState"] == "6", Number("FAXBOT_PAGES"), Number("FAXBOT_FIRST"));

        int Number(string name) => int.TryParse(variables.GetValueOrDefault(name), out var number) ? number : 0;
    }
}
