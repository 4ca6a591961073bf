namespace Faxbot.Cli.Commands;

/// <summary>What stands below the help of each command.</summary>
internal static class Examples
{
    private const string Send = """
        Examples:
          faxbot send letter.pdf                               to the sandbox on this machine
          faxbot send cover.txt plan.pdf --to sip:5550199@pbx.example --from 5550100 --header "Smith & Co"
          faxbot send photo.jpg --quality photo --resolution superfine --to +15550199 --trunk trunk.json
          faxbot send letter.pdf --first-page 3 --to ...       goes on where a call broke off
          faxbot send letter.pdf --to ... --json | tail -1     the outcome, for a script

        A trunk profile, of which only the host is needed:
          { "servers": [{ "host": "sip.provider.example" }],
            "credentials": { "user": "account", "password": "secret" },
            "numbers": { "request_uri": { "style": "e164", "prefix": "9" } },
            "t38": { "switch": "either", "max_bit_rate": 9600, "error_correction": "redundancy" } }

        """;

    private const string Receive = """
        Examples:
          faxbot receive --out inbox                           every call to port 5060 of this machine
          faxbot receive --out inbox --port 5070 --once        one call, then end
          faxbot receive --out inbox --bind 192.0.2.10 --identity "+1 555 0199" --json

        Each fax becomes a PDF, fax-DATE-TIME.pdf, once its call is over; pages that came before a call broke off are kept.

        """;

    private const string Render = """
        Examples:
          faxbot render letter.pdf -o page.png                 page-1.png, page-2.png ...
          faxbot render letter.pdf -o page.png --page 2 --square
          faxbot render cover.txt scan.tif -o fax.tif          one TIFF-F of all pages

        """;

    private const string Up = """
        Examples:
          faxbot up                                            on 127.0.0.1:8080, with nothing configured
          faxbot config sample > faxbot.json; faxbot up        with the configuration of this folder
          FAXBOT_LISTEN=0.0.0.0:8080 faxbot up --config /etc/faxbot.json

        """;

    private const string Config = """
        Examples:
          faxbot config sample > faxbot.json                   every key with its default and what it means
          faxbot config check faxbot.json                      all that is wrong with it, at once

        """;

    private const string Status = """
        Examples:
          faxbot status 0199aab1c2d37e4f8a5b6c7d8e9f0a1b       what became of it, call by call
          faxbot status ID --json | jq -r .state

        """;

    private const string List = """
        Examples:
          faxbot list                                          the last 20 faxes
          faxbot list --state unknown --limit 100              those that a person must decide on
          faxbot list | cut -f 1,2                             ids and states, for a script

        """;

    private const string Cancel = """
        Examples:
          faxbot cancel 0199aab1c2d37e4f8a5b6c7d8e9f0a1b

        """;

    private const string Inbox = """
        Examples:
          faxbot inbox                                         what came in, the newest first
          faxbot inbox get ID -o fax.pdf

        """;

    private const string Message = """
        Examples:
          faxbot message send "Your results are ready." --to +15550199 --from +15550100
          faxbot message status 0199aab1c2d37e4f8a5b6c7d8e9f0a1b
          faxbot message list --state unknown                  those that a person must decide on
          faxbot message cancel ID

        """;

    private const string OptOuts = """
        Examples:
          faxbot opt-outs                                      who is sent nothing any more
          faxbot opt-outs add +15550199 --note "asked by phone"
          faxbot opt-outs remove +15550199

        """;

    private const string Keys = """
        Examples:
          faxbot keys add --name ward --scope fax:send --scope fax:read
          faxbot keys rotate 0123456789ab                      a new secret; the old one ends at once
          faxbot keys revoke 0123456789ab

        """;

    private const string KeyRing = """
        Examples:
          faxbot key-ring rotate                               then back up the file that storage.key_ring names

        """;

    private const string Routes = """
        Examples:
          faxbot routes add +49 faxbot-sip                     German numbers go over that trunk
          faxbot routes add + faxbot-sip --rank 1
          faxbot routes remove ID

        """;

    public static readonly IReadOnlyDictionary<string, string> ByCommand = new Dictionary<string, string>(PluginExamples.ByCommand)
    {
        ["send"] = Send,
        ["receive"] = Receive,
        ["render"] = Render,
        ["up"] = Up,
        ["config"] = Config,
        ["status"] = Status,
        ["list"] = List,
        ["cancel"] = Cancel,
        ["inbox"] = Inbox,
        ["message"] = Message,
        ["opt-outs"] = OptOuts,
        ["keys"] = Keys,
        ["key-ring"] = KeyRing,
        ["routes"] = Routes,
    };
}
