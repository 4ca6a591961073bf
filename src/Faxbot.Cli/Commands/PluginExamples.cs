namespace Faxbot.Cli.Commands;

/// <summary>What stands below the help of the commands for plugins.</summary>
internal static class PluginExamples
{
    public static readonly IReadOnlyDictionary<string, string> ByCommand = new Dictionary<string, string>
    {
        ["plugin"] = """
            Examples:
              faxbot plugin search flowroute
              faxbot plugin install Faxbot.Sip.Flowroute
              faxbot plugin configure faxbot-sip-flowroute         asks for what it needs, tries it, saves it, enables it
              faxbot plugin check faxbot-sip-flowroute             could it work? nobody is called
              faxbot plugin                                        all of them and how they are

            """,
        ["install"] = """
            Examples:
              faxbot plugin install Faxbot.Sip.Flowroute           the newest release from the sources of the gateway (plugins.sources)
              faxbot plugin install Faxbot.Sip.Flowroute --version 1.2.0 --source /srv/faxbot-packages

            """,
        ["asterisk"] = """
            Examples:
              faxbot asterisk config                               the files for all trunks whose line it is, and what to do with them
              faxbot asterisk config faxbot-sip --server pbx2      for one of them, at another server
              faxbot asterisk check                                what is wrong with the servers, and what to change

            """,
        ["trunk"] = """
            Examples:
              faxbot trunk check faxbot-sip                        names, servers, address, registration; calls nobody
              faxbot trunk check faxbot-sip --dial +12065550100    sends a test page to a fax machine of your own as well

            """,
        ["configure"] = """
            Examples:
              faxbot plugin configure faxbot-sip                   asks; secrets are not shown
              faxbot plugin configure faxbot-sip --set host=sip.provider.example --set trunk.t38.max_bit_rate=9600 --enable
              pass show trunk | faxbot plugin configure faxbot-sip --set username=account --secret password=-
              faxbot plugin configure faxbot-sip settings.json     all of the settings; masked secrets stay as they are

            """,
    };
}
