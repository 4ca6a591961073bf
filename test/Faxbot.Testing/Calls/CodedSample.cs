using Faxbot.Fax.T30;
using Faxbot.Imaging.T4;

namespace Faxbot.Testing.Calls;

/// <summary>A page of <see cref="SampleDocument"/> as a far transmitter codes it.</summary>
internal static class CodedSample
{
    /// <summary>The page's code.</summary>
    public static byte[] Code(int page, DcsSettings settings)
    {
        var bitmap = SampleDocument.Page(page);
        var encoder = new FaxEncoder(settings.Coding, bitmap.Width);
        var coded = new byte[encoder.MaxRowOctets];
        List<byte> code = [];
        for (var y = 0; y < bitmap.Height; y++) code.AddRange(coded.AsSpan(0, encoder.EncodeRow(bitmap.Row(y), coded)));
        return [.. code, .. coded.AsSpan(0, encoder.Finish(coded))];
    }

    /// <summary>The page's code in FCD frames (T.4 annex A), the last one padded.</summary>
    public static IReadOnlyList<byte[]> Frames(int page, DcsSettings settings) =>
        [.. Code(page, settings).Chunk(settings.FrameSize).Select((data, number) => Frame(data, number, settings.FrameSize))];

    private static byte[] Frame(byte[] data, int number, int size) =>
        [0xFF, 0xC0, (byte)FrameType.Fcd, CallFrame.Reverse(number), .. data, .. new byte[size - data.Length]];
}
