using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Calls;

/// <summary>What this user agent can do, as Allow, Accept and Supported say it (RFC 3261 11.2, 13.2.1).</summary>
internal static class Capabilities
{
    private static readonly SipMethod[] Methods =
        [SipMethod.Invite, SipMethod.Ack, SipMethod.Cancel, SipMethod.Bye, SipMethod.Options, SipMethod.Update, SipMethod.Info];

    private static readonly string[] MethodNames = [.. Methods.Select(method => method.Name)];

    private static readonly string[] OptionTags = ["timer"];

    public static bool Knows(SipMethod method) => Methods.Contains(method);

    /// <summary>The required extensions that we lack (RFC 3261 8.2.2.3), usually none.</summary>
    public static IReadOnlyList<string> Lacking(SipRequest request) =>
        request.Headers.Require is { } required ? [.. required.Except(OptionTags, StringComparer.OrdinalIgnoreCase)] : [];

    public static void WriteAllow(SipMessage message) => message.Headers.Allow = MethodNames;

    public static void WriteSupported(SipMessage message) => message.Headers.Supported = OptionTags;

    public static void WriteAccept(SipMessage message) => message.Headers[SipHeaderNames.Accept] = SipBody.Sdp;

    /// <summary>What the answer to OPTIONS carries.</summary>
    public static void WriteAll(SipMessage message)
    {
        WriteAllow(message);
        WriteAccept(message);
        message.Headers["Accept-Encoding"] = "identity";
        WriteSupported(message);
    }
}
