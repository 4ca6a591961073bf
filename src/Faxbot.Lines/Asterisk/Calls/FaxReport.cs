using System.Globalization;
using System.Text;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>What the dialplan says at the end of a call: one line, in AstDB as it stands and in a UserEvent Base64 encoded.</summary>
internal sealed record FaxReport
{
    private const string Mark = "ended";
    private const char Separator = '|';
    private const int Fields = 13;

    // res_fax says so of a session in which no page began.
    private const string NoPage = "0x0";

    /// <summary>Whether the far end answered.</summary>
    public bool IsAnswered { get; private init; }

    /// <summary>FAXSTATUS says SUCCESS; nothing else tells: a fax that went well may end with an error of the hang-up.</summary>
    public bool IsSuccess { get; private init; }

    /// <summary>Whether SendFAX or ReceiveFAX said anything.</summary>
    public bool HasStatus { get; private init; }

    /// <summary>FAXERROR: a word such as <c>T38_NEG_ERROR</c>, or the words of the T.30 engine.</summary>
    public string Error { get; private init; } = "";

    /// <summary>Pages that were confirmed.</summary>
    public int Pages { get; init; }

    /// <summary>Pages that were to be sent; null where the report does not say.</summary>
    public int? PagesTotal { get; private init; }

    /// <summary>Whether a page began.</summary>
    public bool PageBegan { get; private init; }

    /// <summary>What carried the fax.</summary>
    public FaxMedium Medium { get; private init; }

    /// <summary>The last rate.</summary>
    public int? BitRate { get; private init; }

    /// <summary>The Q.850 cause.</summary>
    public int? Cause { get; private init; }

    /// <summary>The SIP answer to a call that was not answered, such as <c>486 Busy Here</c>.</summary>
    public string? SipAnswer { get; private init; }

    /// <summary>How the far end named itself.</summary>
    public string? FarIdentity { get; private init; }

    /// <summary>What the T.30 engine says in words.</summary>
    public string Words { get; private init; } = "";

    /// <summary>Reads the line; false where it is none.</summary>
    public static bool TryParse(string line, out FaxReport report)
    {
        report = new FaxReport();
        var fields = line.Split(Separator, Fields);
        if (fields.Length < Fields || fields[0] != Mark) return false;
        report = new FaxReport
        {
            IsAnswered = fields[1] == "1",
            HasStatus = fields[2].Length > 0,
            IsSuccess = fields[2] == "SUCCESS",
            Error = fields[3],
            Pages = Number(fields[4]) ?? 0,
            PagesTotal = Number(fields[5]),
            Medium = fields[6] switch { "T38" => FaxMedium.T38, "audio" => FaxMedium.Audio, _ => FaxMedium.None },
            BitRate = Number(fields[7]),
            PageBegan = fields[8].Length > 0 && fields[8] != NoPage,
            Cause = Number(fields[9]) is > 0 and < 128 and var cause ? cause : null,
            SipAnswer = Text(fields[10]) is { } sip ? sip.StartsWith("SIP ", StringComparison.Ordinal) ? sip[4..] : sip : null,
            FarIdentity = Text(fields[11]),
            Words = fields[12],
        };
        return true;
    }

    /// <summary>Reads it from a UserEvent; false where it has none.</summary>
    public static bool TryParseEncoded(string encoded, out FaxReport report)
    {
        report = new FaxReport();
        return Text(encoded) is { } line && TryParse(line, out report);
    }

    /// <summary>What stands Base64 encoded there; null where that is nothing.</summary>
    internal static string? Text(string encoded)
    {
        var octets = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, octets, out var length) && length > 0 ? Encoding.UTF8.GetString(octets, 0, length).Trim() : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
