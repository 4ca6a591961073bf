using System.Text.Json;
using Faxbot.Client;
using Faxbot.Client.Faxes;

namespace Faxbot.Cli.Gateways;

/// <summary>Sends a document through a gateway and shows what becomes of it; starts a private gateway where none runs.</summary>
internal sealed class GatewaySend(GatewayLocator locator, TextWriter output, bool json)
{
    private readonly FaxNarrator _narrator = new();

    /// <summary>Sends and follows until the fax has ended, waits for a later call, or <paramref name="cancel"/> ends the watching: the fax goes on then.</summary>
    public async Task<int> RunAsync(GatewayAccess? known, FaxSubmission fax, CancellationToken cancel)
    {
        using var running = known?.Connect();
        if (running is not null && await running.IsUpAsync(cancel)) return await SendAsync(running, fax, isPrivate: false, cancel);
        if (known is { IsNamed: true }) throw new HttpRequestException($"{known.Address} does not answer.");
        var gateway = await ServerProcess.StartPrivateAsync(locator.DataFolder, cancel);
        try
        {
            using var client = locator.OfThisUser()!.Connect();
            return await SendAsync(client, fax, isPrivate: true, cancel);
        }
        finally
        {
            await ServerProcess.StopAsync(gateway);
        }
    }

    private async Task<int> SendAsync(FaxbotClient client, FaxSubmission submission, bool isPrivate, CancellationToken cancel)
    {
        var fax = await client.SendAsync(submission, cancel);
        Say($"accepted as {fax.Id}");
        try
        {
            await foreach (var happened in client.FollowAsync(fax.Id, cancel))
            {
                if (json) await output.WriteLineAsync(JsonSerializer.Serialize(new { @event = happened.Type, data = happened.Data }));
                else if (_narrator.Tell(happened) is { } line) await output.WriteLineAsync("  " + line);
                fax = await client.GetAsync(fax.Id, cancel);
                // A later call may be minutes away: the queue goes on with it, watched or not.
                if (fax.IsFinal || fax.State == "unknown" || (fax.State == "queued" && fax.Outcome is not null)) break;
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            Say($"watching ended; 'faxbot status {fax.Id}' tells more, 'faxbot cancel {fax.Id}' ends it");
            return ExitCode.Interrupted;
        }

        Finish(fax, isPrivate);
        return FaxText.ExitCodeOf(fax);
    }

    private void Finish(SentFax fax, bool isPrivate)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { @event = "finished", fax = fax.Id, state = fax.State, pages_confirmed = fax.PagesConfirmed, pages = fax.Pages, outcome = fax.Outcome }));
            return;
        }

        output.WriteLine(FaxText.Headline(fax));
        foreach (var line in FaxText.Details(fax)) output.WriteLine("  " + line);
        if (isPrivate && !fax.IsFinal) output.WriteLine("  The fax is kept in the queue: 'faxbot up' goes on with it.");
    }

    private void Say(string text) =>
        output.WriteLine(json ? JsonSerializer.Serialize(new { @event = "note", text }) : text);
}
