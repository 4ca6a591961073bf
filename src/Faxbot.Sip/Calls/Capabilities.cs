using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Calls;

/// <summary>What this user agent can do, as Allow, Accept and Supported say it (RFC 3261 11.2, 13.2.1).</summary>
/// <param name="takesMessages">MESSAGE is among it (RFC 3428).</param>
internal sealed class Capabilities(bool takesMessages)
{
    /// <summary>Reliable provisional responses (RFC 3262).</summary>
    public const string ReliableProvisional = "100rel";

    private const string Timer = "timer";

    private static readonly SipMethod[] Methods =
        [SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Update, SipMethod.Info];

    private static readonly string[] MethodNames = [.. Methods.Select(method => method.Name)];

    private static readonly string[] MethodNamesWithMessage = [.. MethodNames, SipMethod.Message.Name];

    private static readonly string[] OptionTags = [Timer];

    // What a caller may demand: reliable provisional responses too, because those that nobody sends need no acknowledgement (RFC 3262 3).
    private static readonly string[] Understood = [Timer, ReliableProvisional];

    public bool Knows(SipMethod method) => Methods.Contains(method) || (takesMessages && method == SipMethod.Message);

    /// <summary>The required extensions that we lack (RFC 3261 8.2.2.3), usually none.</summary>
    public static IReadOnlyList<string> Lacking(SipRequest request) =>
        request.Headers.Require is { } required ? [.. required.Except(Understood, StringComparer.OrdinalIgnoreCase)] : [];

    public void WriteAllow(SipMessage message) => message.Headers.Allow = takesMessages ? MethodNamesWithMessage : MethodNames;

    /// <summary>What a 405 to a MESSAGE carries.</summary>
    public static void WriteAllowWithoutMessage(SipMessage message) => message.Headers.Allow = MethodNames;

    public static void WriteSupported(SipMessage message) => message.Headers.Supported = OptionTags;

    public static void WriteAccept(SipMessage message) => message.Headers[SipHeaderNames.Accept] = SipBody.Sdp;

    /// <summary>What the answer to OPTIONS carries.</summary>
    public void WriteAll(SipMessage message)
    {
        WriteAllow(message);
        message.Headers[SipHeaderNames.Accept] = takesMessages ? $"{SipBody.Sdp}, {MessageContent.Accepted}" : SipBody.Sdp;
        message.Headers["Accept-Encoding"] = "identity";
        WriteSupported(message);
    }
}
