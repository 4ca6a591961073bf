using System.Text;
using Faxbot.Sip.Calls;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Messages;

namespace Faxbot.Fuzz.Targets;

/// <summary>The bodies of instant messages: CPIM and what is in it, and notices. What was taken must come out the same when it is written and read again.</summary>
internal sealed class MessageContentTarget : IFuzzTarget
{
    private static readonly DateTimeOffset Then = DateTimeOffset.UnixEpoch;

    public string Name => "message";

    public IEnumerable<byte[]> Seeds =>
    [
        ImdnHeaders.Ask(SipBody.FromText("grüße"), "id-1", "sip:a@x", "sip:b@y", Then).Bytes.ToArray(),
        ImdnHeaders.Tell(new ImdnNotice("id-1", ImdnKind.Delivery, ImdnStatus.Failed) { Recipient = "tel:1" }, "id-2", "sip:a@x", "sip:b@y", Then).Bytes.ToArray(),
        new ImdnNotice("id-1", ImdnKind.Display, ImdnStatus.Displayed) { DateTime = "2008-04-04T12:16:49-05:00" }.ToArray(),
        "From: a\r\nSubject:;lang=fr a\\u00e9\\\\\r\n\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8="u8.ToArray(),
    ];

    public IEnumerable<byte[]> Tokens => new[]
    {
        "\r\n", "\r\n\r\n", "\n", ": ", ":;", "\\u", "\\u000d", "\\", "NS: ", "<urn:ietf:params:imdn>", "imdn.", "Content-Type: ", "message/cpim", "message/imdn+xml", "text/plain",
        ";charset=", "<!DOCTYPE a [", "<!ENTITY a 'b'>", "&a;", "&#0;", "<![CDATA[", "]]>", "<!--", "<status>", "<delivered/>", "\0", "\u00e4",
    }.Select(Encoding.UTF8.GetBytes);

    public void Run(ReadOnlySpan<byte> input)
    {
        var octets = input.ToArray();
        foreach (var type in (string[])["message/cpim", ImdnNotice.MediaType, "text/plain"])
        {
            var request = new SipRequest(SipMethod.Message, SipUri.Parse("sip:a@x")) { Headers = { ContentType = type }, Body = octets };
            MessageContent.TryRead(request, CpimLimits.Default, out _);
        }

        if (CpimMessage.TryParse(octets, CpimLimits.Default, out var message) == CpimError.None) Check(message!);
        if (ImdnNotice.TryParse(octets, out var notice) == ImdnError.None && (ImdnNotice.TryParse(notice!.ToArray(), out var same) != ImdnError.None || same != notice))
            throw new InvalidOperationException($"Written again it is another notice: {notice}");
    }

    private static void Check(CpimMessage message)
    {
        // Escapes may make a field longer than the input had it.
        var limits = CpimLimits.Default with { MaxHeaderLength = int.MaxValue };
        if (CpimMessage.TryParse(message.ToArray(), limits, out var again) != CpimError.None || !again!.Equals(message))
            throw new InvalidOperationException("Written again it is another message.");
    }
}
