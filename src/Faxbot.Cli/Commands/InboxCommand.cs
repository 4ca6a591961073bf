using System.CommandLine;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot inbox</c>: received faxes, and their PDF.</summary>
internal sealed class InboxCommand(GatewayLocator locator)
{
    private static readonly string[] Columns = ["id", "fr", "to", "mailbox", "pages", "received_at"];

    public Command Create()
    {
        var inbox = new CollectionCommands(locator, "/inbound", Columns).List("inbox", "List received faxes, the newest first.");
        var id = new Argument<string>("ID") { Description = "The received fax." };
        var file = new Option<string>("-o", "--out") { Description = "The file to write; ID.pdf when left out.", HelpName = "FILE" };
        var get = locator.AddTo(new Command("get", "Write the PDF of a received fax.") { id, file });
        get.SetAction((parsed, cancel) => GetAsync(parsed, parsed.GetRequiredValue(id), parsed.GetValue(file), cancel));
        inbox.Subcommands.Add(get);
        return inbox;
    }

    private async Task<int> GetAsync(ParseResult parsed, string id, string? file, CancellationToken cancel)
    {
        using var client = locator.Find(parsed).Connect();
        var path = file ?? $"{id}.pdf";
        var partial = path + ".part";
        try
        {
            await using (var target = new FileStream(partial, FileMode.Create))
                await client.DownloadAsync($"/inbound/{Uri.EscapeDataString(id)}/pdf", target, cancel);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {path}: {unwritable.Message}");
        }
        finally
        {
            File.Delete(partial);
        }

        Console.WriteLine(path);
        return ExitCode.Delivered;
    }
}
