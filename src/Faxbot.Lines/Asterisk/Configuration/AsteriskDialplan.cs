using System.Reflection;
using System.Text.RegularExpressions;

namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>What Asterisk does for the gateway, as a file for <c>extensions.conf</c>. It is the same for Asterisk 16 to 22.</summary>
public static partial class AsteriskDialplan
{
    /// <summary>The context that a trunk's endpoint has for calls that come in.</summary>
    public const string ReceiveContext = "faxbot-receive";

    /// <summary>The context that a trunk's endpoint has for messages that come in (<c>message_context</c>).</summary>
    public const string MessageContext = "faxbot-message";

    /// <summary>
    /// A variable of an endpoint (<c>set_var</c>): the header field that has the called number, such as <c>To</c>; unset takes the request URI.
    /// </summary>
    public const string CalledVariable = "FAXBOT_CALLED";

    /// <summary>A variable of an endpoint (<c>set_var</c>): the options of ReceiveFAX; unset takes <c>fs</c>, <c>Fs</c> never leaves G.711.</summary>
    public const string ReceiveVariable = "FAXBOT_RECEIVE";

    /// <summary>The context that calls are originated to.</summary>
    internal const string SendContext = "faxbot-send";

    /// <summary>The context that a check of the server asks for.</summary>
    internal const string CheckContext = "faxbot-check";

    /// <summary>Writes the file.</summary>
    /// <param name="folderThere">The hand-over folder as Asterisk sees it.</param>
    /// <exception cref="ArgumentException">The dialplan cannot name such a folder.</exception>
    public static string Render(string folderThere)
    {
        ArgumentNullException.ThrowIfNull(folderThere);
        if (!CanName(folderThere))
            throw new ArgumentException("The folder's path has other characters than letters, digits, dots, hyphens, underscores and slashes.", nameof(folderThere));
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("faxbot-extensions.conf")!);
        return text.ReadToEnd().Replace("@FOLDER@", folderThere.TrimEnd('/'), StringComparison.Ordinal);
    }

    /// <summary>Whether the dialplan can name a folder: a comma, a bracket or a blank would end it.</summary>
    public static bool CanName(string folderThere) => Path().IsMatch(folderThere);

    [GeneratedRegex(@"\A/[A-Za-z0-9._/-]*\z")]
    private static partial Regex Path();
}
