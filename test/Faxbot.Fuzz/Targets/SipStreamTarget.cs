using System.Text;
using Faxbot.Sip.Messages;
using Faxbot.Testing;

namespace Faxbot.Fuzz.Targets;

/// <summary>SIP over a stream: the frames that are found must be the same in one piece and in pieces of a length that the first octet says.</summary>
internal sealed class SipStreamTarget : IFuzzTarget
{
    public string Name => "sip-stream";

    public IEnumerable<byte[]> Seeds
    {
        get
        {
            var samples = Corpus.Read("sip").Select(sample => sample.Bytes).Where(sample => sample.Length < 1_000).ToArray();
            for (var i = 0; i + 2 < samples.Length; i += 3) yield return [(byte)(i + 1), .. samples[i], .. "\r\n\r\n"u8, .. samples[i + 1], .. samples[i + 2]];
        }
    }

    public IEnumerable<byte[]> Tokens => new[] { "\r\n", "\n", "\r", "\r\n\r\n", "Content-Length: ", "l:", "\r\n 1", "0", "9999999999" }.Select(Encoding.UTF8.GetBytes);

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length == 0) return;
        var piece = Math.Max(1, (int)input[0]);
        var whole = Frames(input[1..], input.Length);
        var parts = Frames(input[1..], piece);
        if (!whole.SequenceEqual(parts)) throw new InvalidOperationException($"[{string.Join(' ', whole)}] in one piece, [{string.Join(' ', parts)}] in pieces.");
    }

    private static List<(SipFrameStatus, int)> Frames(ReadOnlySpan<byte> input, int piece)
    {
        var framer = new SipStreamFramer(SipLimits.Default);
        var found = new List<(SipFrameStatus, int)>();
        while (!input.IsEmpty)
        {
            var next = Math.Min(piece, input.Length);
            framer.Append(input[..next]);
            input = input[next..];
            while (framer.TryRead(out var frame) is var status and not SipFrameStatus.NeedMoreData)
            {
                found.Add((status, frame.Length));
                if (status == SipFrameStatus.Broken) return found;
            }
        }

        return found;
    }
}
