using LibTiff = BitMiracle.LibTiff.Classic;

namespace Faxbot.Imaging.Tiff;

/// <summary>A part of a stream as LibTiff.NET reads it, and the place where its error reports for this file end up.</summary>
internal sealed class ForeignTiffStream(Stream stream, long origin) : LibTiff.TiffStream
{
    private static readonly Reports Handler = new();

    /// <summary>Whether the library has reported an error: it may go on all the same, with pixels that are not in the file.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>
    /// Keeps the library from writing to the console. The handler is the library's only one; setting it again does no harm.
    /// </summary>
    public static void Silence() => LibTiff.Tiff.SetErrorHandler(Handler);

    public override int Read(object clientData, byte[] buffer, int offset, int count) =>
        stream.ReadAtLeast(buffer.AsSpan(offset, count), count, throwOnEndOfStream: false);

    public override void Write(object clientData, byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(object clientData, long offset, SeekOrigin origin1)
    {
        stream.Position = origin1 switch
        {
            SeekOrigin.Begin => origin + offset,
            SeekOrigin.Current => stream.Position + offset,
            _ => stream.Length + offset,
        };
        return stream.Position - origin;
    }

    public override void Close(object clientData)
    {
        // The stream belongs to the document.
    }

    public override long Size(object clientData) => stream.Length - origin;

    private sealed class Reports : LibTiff.TiffErrorHandler
    {
        public override void ErrorHandler(LibTiff.Tiff tif, string method, string format, params object[] args)
        {
            // Errors come with the stream below.
        }

        public override void ErrorHandlerExt(LibTiff.Tiff tif, object clientData, string method, string format, params object[] args)
        {
            if (clientData is ForeignTiffStream file) file.HasFailed = true;
        }

        public override void WarningHandler(LibTiff.Tiff tif, string method, string format, params object[] args)
        {
            // Warnings are about tags that do not change the picture.
        }
    }
}
