using System.Buffers;
using System.Globalization;
using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>The canonical form of a message on the wire.</summary>
internal static class SipMessageWriter
{
    public static void Write(SipMessage message, IBufferWriter<byte> writer)
    {
        var startLine = message.StartLine;
        if (startLine.AsSpan().ContainsAny(SipGrammar.LineEnds))
        {
            throw new InvalidOperationException("A start line cannot hold a line end.");
        }

        WriteText(startLine, writer);
        writer.Write("\r\n"u8);
        foreach (var header in message.Headers)
        {
            if (header.Name == SipHeaderNames.ContentLength)
            {
                continue;
            }

            WriteText(header.Name, writer);
            writer.Write(": "u8);
            WriteText(header.Value, writer);
            writer.Write("\r\n"u8);
        }

        writer.Write("Content-Length: "u8);
        WriteText(message.Body.Length.ToString(CultureInfo.InvariantCulture), writer);
        writer.Write("\r\n\r\n"u8);
        writer.Write(message.Body.Span);
    }

    private static void WriteText(string text, IBufferWriter<byte> writer)
    {
        var span = writer.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        writer.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
