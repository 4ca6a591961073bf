using System.Globalization;
using System.Text;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>
/// A call of a <see cref="SimulatedAsterisk"/>, which goes as the last digit of its number says: 0 to 4 all pages are sent, 5 busy, 6 not found, 7 nobody
/// answers, 8 it breaks off after the first page, 9 it is answered and nobody is a fax machine. The far end names itself by the number.
/// </summary>
internal sealed class SimulatedCall(SimulatedAsterisk asterisk, IReadOnlyDictionary<string, string> action)
{
    private static int _sessions;
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isUp;
    private int _pages;

    public string Id => action["ChannelId"];

    public string Number => action["Channel"].Split(':')[1].Split('@')[0];

    public string Session { get; } = Interlocked.Increment(ref _sessions).ToString(CultureInfo.InvariantCulture);

    private string Channel => $"PJSIP/peer-{Id}";

    private int PagesTotal => int.Parse(action["FAXBOT_PAGES"], CultureInfo.InvariantCulture);

    public void Cancel() => _cancelled.TrySetResult();

    /// <summary>Lets it go on, where calls do not by themselves.</summary>
    public void GoOn() => _goOn.TrySetResult();

    public async Task RunAsync()
    {
        if (asterisk.CallsGoOn) GoOn();
        Tell("Newchannel", ("ChannelState", "0"));
        await Task.Yield();
        switch (Number[^1])
        {
            case '5': EndUnanswered(17, "486 Busy Here"); return;
            case '6': EndUnanswered(1, "404 Not Found"); return;
            case '7':
                asterisk.Tell(("Event", "DialState"), ("DestUniqueid", Id), ("DialStatus", "RINGING"));
                EndUnanswered(19, "480 Temporarily Unavailable");
                return;
        }

        (_isUp, asterisk.Database[$"faxbot-sent/{action["FAXBOT_ATTEMPT"]}"]) = (true, "answered");
        Tell("Newstate", ("ChannelState", "6"));
        asterisk.Tell(("Event", "OriginateResponse"), ("ActionID", action["ActionID"]), ("Response", "Success"), ("Uniqueid", Id));
        Tell("FAXStatus", ("Status", "T.38 Negotiated"));
        await Task.WhenAny(_goOn.Task, _cancelled.Task);
        await FaxAsync();
    }

    public void TellStatus(SimulatedConnection connection, IReadOnlyDictionary<string, string> asked)
    {
        connection.Reply(asked, "Success", ("EventList", "start"));
        connection.Send(
            ("Event", "Status"), ("ActionID", asked["ActionID"]), ("Channel", Channel), ("ChannelState", _isUp ? "6" : "0"), ("Uniqueid", Id),
            ("Variable", $"FAXBOT_PAGES={action["FAXBOT_PAGES"]}"), ("Variable", $"FAXBOT_FIRST={action["FAXBOT_FIRST"]}"));
        connection.Send(("Event", "StatusComplete"), ("ActionID", asked["ActionID"]), ("EventList", "Complete"), ("Items", "1"));
    }

    public static void TellSessions(SimulatedConnection connection, IReadOnlyDictionary<string, string> asked, IEnumerable<SimulatedCall> calls)
    {
        connection.Reply(asked, "Success", ("EventList", "Start"));
        foreach (var call in calls) connection.Send(("Event", "FAXSessionsEntry"), ("ActionID", asked["ActionID"]), ("Channel", call.Channel), ("SessionNumber", call.Session));
        connection.Send(("Event", "FAXSessionsComplete"), ("ActionID", asked["ActionID"]), ("EventList", "Complete"));
    }

    public void TellSession(SimulatedConnection connection, IReadOnlyDictionary<string, string> asked)
    {
        connection.Reply(asked, "Success");
        connection.Send(("Event", "FAXSession"), ("ActionID", asked["ActionID"]), ("ImageResolution", "8031x3850"), ("ErrorCorrectionMode", "Yes"), ("PagesTransmitted", $"{_pages}"));
    }

    private async Task FaxAsync()
    {
        await Task.Yield();
        var (isCancelled, digit) = (_cancelled.Task.IsCompleted, Number[^1]);
        _pages = isCancelled || digit == '9' ? 0 : digit == '8' ? 1 : PagesTotal;
        var (status, words, resolution) = digit switch
        {
            _ when isCancelled => ("FAILED", "The call dropped prematurely", "0x0"),
            '8' => ("FAILED", "The call dropped prematurely", "8031x3850"),
            '9' => ("FAILED", "Timed out waiting for initial communication", "0x0"),
            _ => ("SUCCESS", "OK", "8031x3850"),
        };
        End($"ended|1|{status}|HANGUP|{_pages}|{PagesTotal}|T38|9600|{resolution}|16||{Encoded(digit == '9' ? "" : Number)}|{words}", 16, null);
    }

    private void EndUnanswered(int cause, string answer)
    {
        asterisk.Tell(("Event", "OriginateResponse"), ("ActionID", action["ActionID"]), ("Response", "Failure"), ("Uniqueid", "<unknown>"), ("Reason", "0"));
        End($"ended|0|||0|{PagesTotal}||||{cause}|{Encoded("SIP " + answer)}||", cause, answer[..3]);
    }

    private void End(string record, int cause, string? sip)
    {
        // One that ended with its Asterisk writes nothing.
        if (!asterisk.Channels.ContainsKey(Id)) return;
        asterisk.Database[$"faxbot-sent/{action["FAXBOT_ATTEMPT"]}"] = record;
        Tell("UserEvent", ("UserEvent", "FaxbotSent"), ("Result", Encoded(record)));
        Tell("Hangup", sip is null ? [("Cause", $"{cause}")] : [("Cause", $"{cause}"), ("TechCause", sip)]);
        asterisk.Channels.TryRemove(Id, out _);
    }

    private void Tell(string name, params (string Name, string Value)[] fields) => asterisk.Tell([("Event", name), ("Channel", Channel), ("Uniqueid", Id), .. fields]);

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
