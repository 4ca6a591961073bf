using Faxbot.Fax.T30;
using Faxbot.Fax.T38;
using Faxbot.Imaging.Tiff;
using Faxbot.Lines;
using Faxbot.Testing.Faxes;

namespace Faxbot.Bench.Calls;

/// <summary>One of our calls in virtual time: a TIFF in, a TIFF out, IFP through UDPTL with redundancy 3, paced.</summary>
internal sealed class FaxPair : IDisposable
{
    private readonly TiffFaxDocument _document;
    private readonly FaxTransmitter _transmitter;
    private readonly ReceivedTiff _received;
    private readonly FaxReceiver _receiver;

    public FaxPair(string document, string output)
    {
        _document = CallDocument.Open(document);
        _transmitter = new FaxTransmitter(_document);
        _received = new ReceivedTiff(output);
        _receiver = new FaxReceiver(_received);
        Link = new TerminalPair(new T38Terminal(_transmitter), new T38Terminal(_receiver)) { KeepsEvents = false };
    }

    /// <summary>The wire between both ends.</summary>
    public TerminalPair Link { get; }

    /// <summary>Whether every page was confirmed and kept.</summary>
    public bool IsDelivered =>
        _transmitter.Result?.End == FaxEnd.Completed && _receiver.Result?.End == FaxEnd.Completed && _received.PageCount == _document.PageCount;

    public void Dispose()
    {
        _transmitter.Dispose();
        _document.Dispose();
        _received.Dispose();
    }
}
