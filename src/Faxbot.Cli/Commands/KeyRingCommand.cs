using System.CommandLine;
using Faxbot.Cli.Gateways;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot key-ring</c>: the keys that documents and secrets are encrypted with.</summary>
internal static class KeyRingCommand
{
    public static Command Create(GatewayLocator locator)
    {
        var rotate = new CollectionCommands(locator, "/admin/key-ring/rotate", []).Add(
            new Command("rotate", "Add a key, which encrypts from now on, and show its id; within the hour all that is stored is encrypted with it. Back the file up then."),
            _ => [],
            "id");
        return new Command("key-ring", "Change the keys that documents and secrets are encrypted with.") { rotate };
    }
}
