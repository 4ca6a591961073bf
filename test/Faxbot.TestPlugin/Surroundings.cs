using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Faxbot.TestPlugin;

/// <summary>What the plugin's process can reach.</summary>
internal static class Surroundings
{
    /// <summary>Tries to read files, and to write where a path ends in a slash, and to resolve a name.</summary>
    public static string Tell(IReadOnlyList<string> paths) => JsonSerializer.Serialize(new
    {
        read = paths.Where(path => !path.EndsWith('/')).ToDictionary(path => path, Read),
        written = paths.Where(path => path.EndsWith('/') && Write(path)),
        resolved = Resolve("localhost"),
    });

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Write(string folder)
    {
        try
        {
            File.WriteAllText(Path.Combine(folder, "mark"), "mark");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool Resolve(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name).Any(IPAddress.IsLoopback);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
