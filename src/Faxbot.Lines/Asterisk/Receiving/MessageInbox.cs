using System.Globalization;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Asterisk.Receiving;

/// <summary>
/// Hands over text messages that an Asterisk received. The dialplan numbers them in AstDB, and one that was stored is deleted there; none is told of by
/// an event alone. Not thread-safe: the inbox owns it.
/// </summary>
internal sealed class MessageInbox(AsteriskServer server, AsteriskRecord record, AsteriskReceiver receiver)
{
    private const string Family = "faxbot-message";
    private const int MostParts = 100;
    private bool _wasReachable;

    /// <summary>Hands over all that are there; stops at one that is not stored.</summary>
    public async Task TakeAsync(CancellationToken stop)
    {
        if (receiver.StoreMessageAsync is not { } store) return;
        _wasReachable = true;
        var last = Number(await ReadAsync("last"));
        for (var number = Number(await ReadAsync("done")) + 1; number <= last; number++)
        {
            // One that has no parts was cut off with its Asterisk.
            var parts = Number(await ReadAsync($"{number}-parts"));
            if (!_wasReachable || (parts is > 0 and <= MostParts && !(await ComposeAsync(number, parts) is { } message && await store(message, stop)))) return;
            if (!(await record.WriteAsync(Family, "done", Text(number))).IsSuccess) return;
            foreach (var key in Enumerable.Range(0, Math.Clamp(parts, 0, MostParts)).Select(Text).Concat(["to", "from", "at", "parts"])) await record.DeleteAsync(Family, $"{number}-{key}");
        }
    }

    private async Task<ReceivedMessage?> ComposeAsync(int number, int parts)
    {
        var body = "";
        for (var part = 0; part < parts; part++)
        {
            if (await ReadAsync($"{number}-{part}") is not { } more) return null;
            body += more;
        }

        var from = FaxReport.Text(await ReadAsync($"{number}-from") ?? "") ?? "";
        var to = FaxReport.Text(await ReadAsync($"{number}-to") ?? "");
        var at = DateTimeOffset.FromUnixTimeSeconds(Number(await ReadAsync($"{number}-at")));
        var domain = SipNameAddr.TryParse(from, out var address) ? address.Uri.Host : "";
        return _wasReachable ? new ReceivedMessage(Text($"{server.Name}:{number}"), AsteriskInbox.User(to), AsteriskInbox.User(from), domain, FaxReport.Text(body) ?? "", at) : null;
    }

    private async Task<string?> ReadAsync(string key)
    {
        var (isKnown, value) = await record.ReadAsync(Family, key);
        _wasReachable &= isKnown;
        return value;
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
