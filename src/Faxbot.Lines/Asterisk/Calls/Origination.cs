using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Calls;

/// <summary>Writes the action that places the call of a fax: number, caller and header fields as the trunk wants them, and what the dialplan is to do.</summary>
/// <remarks>
/// To has the address of the request URI, and the domain of From is the endpoint's (<c>from_domain</c>): Asterisk takes neither from a call. The pages
/// have their header line already, so that SendFAX adds none.
/// </remarks>
internal static partial class Origination
{
    // RFC 3323 4.1.1.3.
    private const string Anonymous = "anonymous";
    private static readonly TimeSpan LongestT38Answer = TimeSpan.FromSeconds(15);
    private static readonly int[] Rates = [14_400, 12_000, 9_600, 7_200, 4_800, 2_400];

    /// <summary>The id of an attempt's channel: its Uniqueid in every event.</summary>
    public static string ChannelIdOf(string attemptId) => $"faxbot-{attemptId}";

    /// <summary>Whether an attempt's or an endpoint's id can stand in channel names, keys of AstDB and file names.</summary>
    public static bool IsId(string id) => Id().IsMatch(id);

    /// <summary>The action; null when a number, name or domain cannot be written as a SIP address.</summary>
    /// <param name="fax">The fax and its trunk.</param>
    /// <param name="endpoint">The trunk's endpoint.</param>
    /// <param name="fileThere">The file with the pages as Asterisk sees it.</param>
    /// <param name="limit">How long the call may last.</param>
    public static AmiAction? Compose(OutboundFax fax, string endpoint, string fileThere, TimeSpan limit)
    {
        var trunk = fax.Trunk;
        var server = ServerChoice.For(trunk, fax.To);
        var uri = TrunkAddress.Of(trunk.Domain ?? server.Host, trunk.Numbers.RequestUri, fax.To, trunk.Domain is null ? server.Port : null);
        if (uri is null || CallHeaders.Of(fax, server.Host) is not { } headers || Caller(fax) is not { } caller) return null;
        if (server.Transport != TrunkTransport.Udp) uri = uri with { Parameters = uri.Parameters.With("transport", server.Transport.ToString().ToLowerInvariant()) };
        var channel = $"PJSIP/{endpoint}/{uri}";
        if (!AmiAction.CanSend("Channel", channel) || !AmiAction.CanSend("CallerID", caller)) return null;
        var action = new AmiAction("Originate")
            .With("ChannelId", ChannelIdOf(fax.Reference))
            .With("Channel", channel)
            .With("Context", AsteriskDialplan.SendContext).With("Exten", "fax").With("Priority", "1")
            .With("Timeout", Text((long)trunk.Signalling.RingTimeout.TotalMilliseconds))
            .With("CallerID", caller)
            .With("Async", "true");
        action = Variables(fax, fileThere, limit).Aggregate(action, (all, variable) => all.WithVariable(variable.Name, variable.Value));
        return headers.All(header => AmiAction.CanSend("Variable", $"PJSIP_HEADER(add,{header.Name})={AmiAction.Escape(header.Value)}"))
            ? headers.Aggregate(action, (all, header) => all.WithVariable($"PJSIP_HEADER(add,{header.Name})", header.Value))
            : null;
    }

    private static string? Caller(OutboundFax fax)
    {
        var caller = fax.Trunk.Caller;
        if (caller.Private) return $"\"Anonymous\" <{Anonymous}>";
        var user = caller.User ?? (caller.NumberFor(fax.From) is { } number ? fax.Trunk.Numbers.From.Write(number) : Anonymous);
        if (!CallerUser().IsMatch(user)) return null;
        return caller.DisplayName is { Length: > 0 } name ? $"\"{name.Replace("\"", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal)}\" <{user}>" : $"<{user}>";
    }

    private static IEnumerable<(string Name, string Value)> Variables(OutboundFax fax, string fileThere, TimeSpan limit)
    {
        var trunk = fax.Trunk;
        var isAudio = trunk.T38.SupportFor(fax.To) == T38Support.AudioOnly;
        var most = Math.Min(fax.MaxBitRate, isAudio ? trunk.Audio.MaxBitRate : trunk.T38.MaxBitRate);
        var rate = Rates.FirstOrDefault(known => known <= most, Rates[^1]);
        var station = fax.Identity ?? trunk.Caller.NumberFor(fax.From) ?? "";
        yield return ("FAXBOT_ATTEMPT", fax.Reference);
        yield return ("FAXBOT_PAGES", Text(fax.Document.PageCount - fax.FirstPage));
        yield return ("FAXBOT_FIRST", Text(fax.FirstPage));
        yield return ("FAXBOT_LIMIT", Text((long)limit.TotalSeconds));
        yield return ("FAXBOT_ECM", fax.Ecm && trunk.T38.Ecm ? "yes" : "no");
        yield return ("FAXBOT_RATE", Text(rate));
        yield return ("FAXBOT_MODEMS", Encoded(rate switch { >= 12_000 => "v17,v27,v29", >= 7_200 => "v27,v29", _ => "v27" }));
        yield return ("FAXBOT_T38_TIMEOUT", Text((long)(trunk.T38.SwitchTimeout < LongestT38Answer ? trunk.T38.SwitchTimeout : LongestT38Answer).TotalMilliseconds));
        yield return ("FAXBOT_STATION", Encoded(station));
        yield return ("FAXBOT_FILE", fileThere);
        yield return ("FAXBOT_OPTIONS", Options(trunk, isAudio));
        // Pushed before the call goes out, it runs for calls that are not answered as well.
        yield return ("CHANNEL(hangup_handler_push)", "faxbot-sent-report,s,1");
    }

    // s: events; F: audio and nothing else; f: audio where T.38 is refused; z: ask for T.38 where the far end does not.
    private static string Options(TrunkProfile trunk, bool isAudio) => isAudio
        ? "Fs"
        : $"s{(trunk.Audio.Fallback ? "f" : "")}{(trunk.T38.Switch == T38Switch.FarEnd ? "" : "z")}";

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,80}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[A-Za-z0-9+*#._-]{1,60}\z")]
    private static partial Regex CallerUser();
}
