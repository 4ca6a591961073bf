using System.Net;
using System.Net.Sockets;
using Faxbot.Lines;
using Faxbot.Lines.Embedded;

namespace Faxbot.Cli.Calls;

/// <summary>Opens the embedded line and turns what the system says against it into a sentence.</summary>
internal static class LineOpener
{
    /// <exception cref="BadInputException">The address or port cannot be had.</exception>
    public static EmbeddedLine Open(EmbeddedLineOptions options, Func<IncomingFax, IncomingDecision>? onIncoming = null)
    {
        try
        {
            return EmbeddedLine.Open(options, TimeProvider.System, onIncoming);
        }
        catch (SocketException refused)
        {
            throw new BadInputException(refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"UDP port {options.Bind.Port} of {options.Bind.Address} is in use: stop the program that has it, or give another --port.",
                SocketError.AddressNotAvailable => $"{options.Bind.Address} is not an address of this machine: give one that is, or leave --bind out.",
                SocketError.AccessDenied => $"UDP port {options.Bind.Port} may not be opened by this user: give a --port above 1023.",
                _ => $"UDP port {options.Bind.Port} of {options.Bind.Address} cannot be opened: {refused.Message}",
            });
        }
    }

    /// <summary>Reads an address option.</summary>
    /// <exception cref="BadInputException">It is not an address.</exception>
    public static IPAddress ParseAddress(string option, string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new BadInputException($"{option} {text}: give an IP address of this machine, such as 192.0.2.10.");
}
