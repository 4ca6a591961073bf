using System.Net;
using System.Net.Sockets;
using System.Text;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Configuration;
using Faxbot.Server.Content;

namespace Faxbot.Server.Lines.Asterisk;

/// <summary>Writes what an Asterisk has to be told into files for the operator to bring there. They hold secrets: only their owner may read them. Thread-safe.</summary>
internal sealed class AsteriskConfigFiles(AsteriskOptions options, AsteriskConfigFolder folder)
{
    /// <summary>The servers that files can be written for.</summary>
    public IReadOnlyList<string> Servers { get; } = [.. options.Servers.Select(server => server.Name!)];

    /// <summary>Writes the files of a server for these trunks, in place of those that were there; on failure none is written and the problems say why.</summary>
    /// <param name="name">The server.</param>
    /// <param name="trunks">The trunks with the ids of their plugins; where several have the same network, what comes from there is the first one's.</param>
    /// <param name="problems">What Asterisk's configuration cannot hold.</param>
    public IReadOnlyList<WrittenFile> Write(string name, IReadOnlyList<(string PluginId, TrunkProfile Trunk)> trunks, out IReadOnlyList<ConfProblem> problems)
    {
        var server = AsteriskServers.Of(options).First(one => one.Name == name);
        var files = AsteriskFiles.Render(trunks, server, AddressTowards(server), out problems);
        var place = Path.Combine(folder.Path, name);
        DurableFiles.CreateFolder(folder.Path);
        DurableFiles.CreateFolder(place);
        return [.. files.Select(file => Write(file, Path.Combine(place, file.Name)))];
    }

    private static WrittenFile Write(AsteriskFile file, string path)
    {
        DurableFiles.Write(path, Encoding.UTF8.GetBytes(file.Text), replace: true);
        return new WrittenFile(path, file.IncludeIn, file.IncludeLine);
    }

    // Connecting a UDP socket asks the routing table and sends nothing. Behind NAT the server sees another address, which the operator knows.
    private static IPAddress? AddressTowards(AsteriskServer server)
    {
        try
        {
            using var probe = new Socket(SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(server.Host, server.ManagerPort);
            var near = ((IPEndPoint)probe.LocalEndPoint!).Address;
            return near.IsIPv4MappedToIPv6 ? near.MapToIPv4() : near;
        }
        catch (SocketException)
        {
            // The name has no address, or no way leads there: the check says so.
            return null;
        }
    }
}

/// <summary>The folder of the files.</summary>
internal sealed record AsteriskConfigFolder(string Path);

/// <summary>A file that was written.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="IncludeIn">Asterisk's own file that has to include it.</param>
/// <param name="IncludeLine">The line to add there.</param>
internal sealed record WrittenFile(string Path, string IncludeIn, string IncludeLine);
