using System.Net;
using System.Net.Sockets;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>All that an Asterisk has to be told for trunks to go over it, as files for its own to include. The same for Asterisk 16 to 22.</summary>
public static class AsteriskFiles
{
    private const string Heading = "Written by Faxbot: changes are lost when it is written again.";

    // What Asterisk takes (udptlfecentries).
    private const int MostRepeated = 5;

    /// <summary>Writes the files; on failure there are none and the problems say why.</summary>
    /// <param name="trunks">
    /// The trunks with the names of their endpoints, which are the ids of their plugins. Asterisk knows one endpoint by an address: where several trunks have
    /// the same network, what comes from there is the first one's.
    /// </param>
    /// <param name="server">The server that they are for.</param>
    /// <param name="from">The address that the server sees the gateway at; null when nobody knows, and then any may log in.</param>
    /// <param name="problems">What Asterisk's configuration cannot hold.</param>
    public static IReadOnlyList<AsteriskFile> Render(
        IReadOnlyList<(string Endpoint, TrunkProfile Trunk)> trunks, AsteriskServer server, IPAddress? from, out IReadOnlyList<ConfProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(trunks);
        ArgumentNullException.ThrowIfNull(server);
        var (pjsip, udptl, manager) = (Begin("pjsip.conf"), Begin("udptl.conf"), Begin("manager.conf"));
        pjsip.Comment("A trunk over TCP or TLS needs a transport of that kind in pjsip.conf.");
        pjsip.Space();
        Dictionary<string, string> networks = [];
        foreach (var (endpoint, trunk) in trunks) PjsipTrunk.Write(pjsip, endpoint, trunk, networks);
        WriteUdptl(udptl, [.. trunks.Select(one => one.Trunk)]);
        WriteManager(manager, server, from);
        problems = [.. pjsip.Problems, .. udptl.Problems, .. manager.Problems];
        return problems.Count > 0 ? [] :
        [
            File("pjsip.conf", pjsip.ToString()),
            File("udptl.conf", udptl.ToString()),
            File("manager.conf", manager.ToString()),
            File("extensions.conf", AsteriskDialplan.Render(server.FolderThere)),
        ];
    }

    private static AsteriskFile File(string includeIn, string text) => new($"faxbot-{includeIn}", includeIn, text);

    private static ConfWriter Begin(string includeIn)
    {
        var file = new ConfWriter();
        file.Comment($"{Heading} At the end of {includeIn}: #include faxbot-{includeIn}");
        file.Space();
        return file;
    }

    // These hold for the whole machine: they are what the most demanding trunk needs.
    private static void WriteUdptl(ConfWriter file, IReadOnlyList<TrunkProfile> trunks)
    {
        var repeated = trunks.Select(trunk => int.Max(trunk.T38.ImageRedundancy, trunk.T38.ControlRedundancy)).DefaultIfEmpty(new TrunkT38().ImageRedundancy).Max();
        file.Section("general", addsTo: true);
        file.Value("udptlfecentries", int.Clamp(repeated, 1, MostRepeated));
        file.Value("udptlfecspan", int.Clamp(repeated, 1, MostRepeated));
        if (trunks.Any(trunk => trunk.T38.EvenPorts)) file.Value("use_even_ports", true);
    }

    private static void WriteManager(ConfWriter file, AsteriskServer server, IPAddress? from)
    {
        file.Comment("manager.conf must have enabled = yes under [general].");
        // The section's name is the user's.
        if (!server.User.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_')) throw new ArgumentException("The manager user's name has other signs than letters, digits, hyphens and underscores.", nameof(server));
        file.Section(server.User);
        file.Value("secret", server.Secret);
        if (from is not null)
        {
            file.Value("deny", "0.0.0.0/0.0.0.0");
            file.Value("deny", "::/0");
            file.Value("permit", from.AddressFamily == AddressFamily.InterNetworkV6 ? $"{from}/128" : $"{from}/255.255.255.255");
        }

        // call: channels and fax sessions; user: what the dialplan tells; system: AstDB, modules, whether the machine was restarted; message: texts.
        file.Value("read", "call,user,system,message");
        file.Value("write", "call,originate,user,system,message");
    }
}
