using Faxbot.Lines.Asterisk;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Configuration;

namespace Faxbot.Server.Lines.Asterisk;

/// <summary>The Asterisk servers of the settings.</summary>
internal static class AsteriskServers
{
    /// <summary>Reads them, with the roots that they name.</summary>
    /// <exception cref="FaxRejectedException">A file of roots cannot be read.</exception>
    public static IReadOnlyList<AsteriskServer> Of(AsteriskOptions options) => [.. options.Servers.Index().Select(entry => Of(entry.Index, entry.Item))];

    private static AsteriskServer Of(int index, AsteriskServerOptions server) => new()
    {
        Name = server.Name!,
        Host = server.Host!,
        Port = server.Port,
        User = server.User,
        Secret = server.Secret!.Value,
        Tls = server.Tls,
        TlsName = server.TlsName,
        TlsRoots = LineCertificates.ReadAll(server.TlsRoots, $"asterisk.servers{Setting.EntryKey(index)}.tls_roots"),
        FolderHere = server.Folder,
        FolderThere = server.FolderThere ?? server.Folder,
        MaxCalls = server.MaxCalls,
    };
}
