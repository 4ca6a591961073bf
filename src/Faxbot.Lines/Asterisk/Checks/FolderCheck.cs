using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Lines.Asterisk.Checks;

/// <summary>
/// Whether the dialplan is there, and whether what the gateway writes into the hand-over folder is seen by Asterisk, and the other way round: Asterisk runs
/// a step of the dialplan on a channel of its own, which calls nobody.
/// </summary>
internal sealed class FolderCheck(AsteriskServer server, AmiClient client, CheckNotes notes, TimeProvider time)
{
    private const string Event = "FaxbotCheck";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancel)
    {
        var name = $"check-{Guid.NewGuid():N}";
        var (sent, received) = (Path.Combine(server.FolderHere, "out", name), Path.Combine(server.FolderHere, "in", name));
        try
        {
            await File.WriteAllTextAsync(sent, "", cancel);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            notes.Add("folder", CheckState.Failed, $"The gateway cannot write to {Path.GetDirectoryName(sent)}: {refused.Message}", "Make the folder, and give gateway and Asterisk a group that may write to it.");
            return;
        }

        try
        {
            if (await AskAsync(name, cancel) is { } told) Judge(told, received);
        }
        finally
        {
            File.Delete(sent);
        }
    }

    private async Task<AmiMessage?> AskAsync(string name, CancellationToken cancel)
    {
        var placed = await client.AskAsync(
            new AmiAction("Originate").With("Channel", $"Local/s@{AsteriskDialplan.CheckContext}/n").With("Application", "Wait").With("Data", "1").With("Async", "true")
                .WithVariable("__FAXBOT_CHECK", name),
            AmiFollow.Event);
        if (placed.Events is not [{ Response: "Success" }])
        {
            notes.Add("dialplan", CheckState.Failed, "The dialplan has no context faxbot-check.", "Write the files (faxbot asterisk config), include them, and reload: dialplan reload.");
            return null;
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await foreach (var signal in client.Signals.ReadAllAsync(either.Token))
            {
                if (signal is AmiSignal.Happened { Event: var message } && message["UserEvent"] == Event && message["Id"] == name) return message;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // The finding says so.
        }

        notes.Add("events", CheckState.Failed, "What the dialplan tells does not arrive.", "Add call and user to the read classes of the manager user in manager.conf.");
        return null;
    }

    private void Judge(AmiMessage told, string received)
    {
        notes.Add("dialplan", CheckState.Ok, "The dialplan is there, and what it tells arrives.");
        var seen = told["Seen"] == "1";
        var written = File.Exists(received);
        if (seen && written) notes.Add("folder", CheckState.Ok, "Gateway and Asterisk see each other's files in the hand-over folder.");
        if (!seen) notes.Add("folder", CheckState.Failed, $"Asterisk does not see in {server.FolderThere}/out what the gateway writes to {server.FolderHere}/out.", "Check folder and folder_there: they must lead to the same folder, which Asterisk may read.");
        if (!written) notes.Add("folder", CheckState.Failed, $"The gateway does not see in {server.FolderHere}/in what Asterisk writes to {server.FolderThere}/in.", "Check folder and folder_there, and that Asterisk may write there.");
        try
        {
            File.Delete(received);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            notes.Add("folder", CheckState.Failed, $"The gateway cannot delete what Asterisk writes to {server.FolderHere}/in.", "Let the gateway write to the folder, for instance by a common group.");
        }
    }
}
