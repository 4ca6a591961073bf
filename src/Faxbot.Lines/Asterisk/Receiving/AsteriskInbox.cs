using System.Globalization;
using System.Threading.Channels;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Asterisk.Receiving;

/// <summary>
/// Hands over what an Asterisk received. Events tell of it at once, and the folder and AstDB of what was missed. A fax is deleted after it was stored and
/// not before; one whose call is up is left alone. One at a time. Thread-safe.
/// </summary>
internal sealed class AsteriskInbox : IAsyncDisposable
{
    private const string Result = "faxbot-received";
    private const string To = "faxbot-received-to";
    private const string From = "faxbot-received-from";
    private const string EverythingMissed = "";
    private readonly AsteriskServer _server;
    private readonly AsteriskRecord _record;
    private readonly HandOverFolder _folder;
    private readonly AsteriskReceiver _receiver;
    private readonly TimeProvider _time;
    private readonly MessageInbox _messages;
    private readonly Channel<string> _work = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public AsteriskInbox(AsteriskServer server, AsteriskRecord record, HandOverFolder folder, AsteriskReceiver receiver, TimeProvider time)
    {
        (_server, _record, _folder, _receiver, _time) = (server, record, folder, receiver, time);
        _messages = new MessageInbox(server, record, receiver);
        _running = RunAsync(_stop.Token);
    }

    /// <summary>Takes a UserEvent, if it is of something received.</summary>
    public void Notice(AmiMessage happened)
    {
        if (happened["UserEvent"] == "FaxbotReceived" && Origination.IsId(happened["Uniqueid"])) _work.Writer.TryWrite(happened["Uniqueid"]);
        else if (happened["UserEvent"] == "FaxbotMessage") Look();
    }

    /// <summary>Looks for what was missed.</summary>
    public void Look() => _work.Writer.TryWrite(EverythingMissed);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // A defect of whoever stores shows here.
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var id in _work.Reader.ReadAllAsync(stop))
            {
                if (id == EverythingMissed) await TakeMissedAsync(stop);
                else await TakeAsync(id, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is still there is found by the next line.
        }
    }

    private async Task TakeMissedAsync(CancellationToken stop)
    {
        foreach (var missed in _folder.Received().Where(Origination.IsId)) await TakeAsync(missed, stop);
        await _messages.TakeAsync(stop);
    }

    private async Task TakeAsync(string uniqueId, CancellationToken stop)
    {
        var (isOver, report) = await ReadEndAsync(uniqueId);
        if (!isOver) return;
        if (new FileInfo(_folder.ReceivedFile(uniqueId)) is { Exists: true, Length: > 0 } file)
        {
            if (await DescribeAsync(uniqueId, file, report) is not { } fax || !await _receiver.StoreFaxAsync(fax, stop)) return;
        }

        // A file that stays is offered again, with what is known of it.
        if (!_folder.DeleteReceived(uniqueId)) return;
        foreach (var family in (IEnumerable<string>)[To, From, Result]) await _record.DeleteAsync(family, uniqueId);
    }

    // Whether the call is over, and how; no report where Asterisk ended before the call did.
    private async Task<(bool IsOver, FaxReport? Report)> ReadEndAsync(string uniqueId)
    {
        if (await TryReadAsync() is { } report) return (true, report);
        if (await _record.IsAliveAsync(uniqueId) != false) return (false, null);
        // It may have ended between the two looks.
        var (isKnown, value) = await _record.ReadAsync(Result, uniqueId);
        return (isKnown, value is not null && FaxReport.TryParse(value, out var late) ? late : null);

        async Task<FaxReport?> TryReadAsync() =>
            await _record.ReadAsync(Result, uniqueId) is { Value: { } line } && FaxReport.TryParse(line, out var read) ? read : null;
    }

    private async Task<ReceivedFax?> DescribeAsync(string uniqueId, FileInfo file, FaxReport? report)
    {
        var (isToKnown, to) = await _record.ReadAsync(To, uniqueId);
        var (isFromKnown, from) = await _record.ReadAsync(From, uniqueId);
        if (!isToKnown || !isFromKnown) return null;
        var parts = (from ?? "").Split('|');
        var at = long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < int.MaxValue * 4L
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
        return new ReceivedFax(
            $"{_server.Name}:{uniqueId}", parts.ElementAtOrDefault(1) ?? "", User(FaxReport.Text(to ?? "")), User(FaxReport.Text(parts.ElementAtOrDefault(2) ?? "")), report?.FarIdentity,
            at < _time.GetUtcNow() ? at : _time.GetUtcNow(), file.FullName, report?.Pages, report?.IsSuccess == true);
    }

    // The user part of a header field's address, where the number stands in one.
    internal static string User(string? text) => text is null ? "" : SipNameAddr.TryParse(text, out var address) ? address.Uri.User ?? "" : text;
}
