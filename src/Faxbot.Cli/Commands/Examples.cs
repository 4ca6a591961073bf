namespace Faxbot.Cli.Commands;

/// <summary>What stands below the help of each command.</summary>
internal static class Examples
{
    public static readonly IReadOnlyDictionary<string, string> ByCommand = new Dictionary<string, string>(PluginExamples.ByCommand)
    {
        ["send"] = """
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

            """,
        ["receive"] = """
            Examples:
              faxbot receive --out inbox                           every call to port 5060 of this machine
              faxbot receive --out inbox --port 5070 --once        one call, then end
              faxbot receive --out inbox --bind 192.0.2.10 --identity "+1 555 0199" --json

            Each fax becomes a PDF, fax-DATE-TIME.pdf, once its call is over; pages that came before a call broke off are kept.

            """,
        ["render"] = """
            Examples:
              faxbot render letter.pdf -o page.png                 page-1.png, page-2.png ...
              faxbot render letter.pdf -o page.png --page 2 --square
              faxbot render cover.txt scan.tif -o fax.tif          one TIFF-F of all pages

            """,
    };
}
