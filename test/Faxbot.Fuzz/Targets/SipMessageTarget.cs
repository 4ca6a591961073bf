using System.Text;
using Faxbot.Sip.Messages;
using Faxbot.Testing;

namespace Faxbot.Fuzz.Targets;

/// <summary>SIP messages as a datagram brings them. What was taken must come out the same when it is written and read again.</summary>
internal sealed class SipMessageTarget : IFuzzTarget
{
    public string Name => "sip";

    public IEnumerable<byte[]> Seeds => Corpus.Read("sip").Select(sample => sample.Bytes);

    public IEnumerable<byte[]> Tokens => new[]
    {
        "\r\n", "\r\n ", "\r\n\r\n", ";", ",", "\"", "\\\"", "<", ">", "@", "%", "%00", "[::1]", "SIP/2.0", "SIP/2.0/UDP ", "Via: ", "v:", "Route: ", "Contact: *",
        "Content-Length: ", "l:", "z9hG4bK", ";rport", ";tag=", ";lr", "sip:", "tel:", "Digest ", "Authorization: Digest ", "Reason: ", "Warning: ", "\u00e4", "\0",
    }.Select(Encoding.UTF8.GetBytes);

    public void Run(ReadOnlySpan<byte> input)
    {
        var error = SipMessage.TryParse(input, SipLimits.Default, out var message);
        if (message is null) return;
        Touch(message.Headers);
        if (message is SipRequest request && request.CreateResponse(400, toTag: "t").To.Tag is null) throw new InvalidOperationException("A response without tag.");
        if (error != SipParseError.None) return;
        var written = message.ToArray();
        var second = SipMessage.TryParse(written, SipLimits.Default, out var again);

        // Escapes in the Request-URI and spelled-out header names may pass a limit that the input kept.
        if (second is SipParseError.UriTooLong or SipParseError.HeaderTooLong or SipParseError.BadStartLine && written.Length > SipLimits.Default.MaxUriLength) return;
        if (second != SipParseError.None || !again!.ToArray().AsSpan().SequenceEqual(written) || !again.Headers.SequenceEqual(message.Headers))
            throw new InvalidOperationException($"Written again it is {second}:\n{message}");
    }

    /// <summary>Each typed value is read when it is asked for.</summary>
    private static void Touch(SipHeaderList headers)
    {
        _ = (headers.Vias, headers.From?.Uri.User, headers.To?.Expires, headers.Allow, headers.Supported, headers.Require, headers.Unsupported);
        _ = (headers.MaxForwards, headers.Expires, headers.MinExpires, headers.MinSE, headers.SessionExpires, headers.RetryAfter, headers.Q850Cause);
        _ = (headers.Warnings, headers.Privacy, headers.PAssertedIdentities, headers.WwwAuthenticate, headers.ProxyAuthenticate);
        foreach (var credentials in headers.Authorization.Concat(headers.ProxyAuthorization)) credentials.IsProofOf("p", SipMethod.Register, default);
        foreach (var address in headers.Contacts.Concat(headers.Routes).Concat(headers.RecordRoutes))
        {
            if (!address.Uri.IsEquivalentTo(address.Uri)) throw new InvalidOperationException($"{address.Uri} differs from itself.");
        }
    }
}
