using Faxbot.Imaging.Tiff;
using Faxbot.Lines;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Sdk.Trunks;
using Faxbot.Testing;
using Faxbot.Testing.Asterisk;

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>An Asterisk with the gateway's dialplan and a hand-over folder: the one that our line goes over. What calls it is received.</summary>
internal sealed class FaxingAsterisk : IAsyncDisposable
{
    /// <summary>The endpoint that calls any address.</summary>
    public const string Endpoint = "peer";

    private readonly TempFolder _folder;

    private FaxingAsterisk(TempFolder folder, AsteriskLab lab) => (_folder, Lab) = (folder, lab);

    /// <summary>The instance.</summary>
    public AsteriskLab Lab { get; }

    /// <summary>Starts one.</summary>
    public static async Task<FaxingAsterisk> StartAsync(bool trace = false)
    {
        var folder = new TempFolder();
        try
        {
            Directory.CreateDirectory(folder.Of("in"));
            var dialplan = folder.Of("extensions.conf");
            await File.WriteAllTextAsync(dialplan, AsteriskDialplan.Render(folder.FullPath));
            var options = new AsteriskLabOptions { Dialplan = dialplan, Context = AsteriskDialplan.ReceiveContext, MessageContext = AsteriskDialplan.MessageContext, Trace = trace };
            return new FaxingAsterisk(folder, await AsteriskLab.StartAsync(options));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The server for a line.</summary>
    /// <param name="port">Where its manager interface is reached, where that is not its own port.</param>
    /// <param name="user">The manager user.</param>
    public AsteriskServer Server(int? port = null, string user = "gateway") => new()
    {
        Name = Lab.Name,
        Host = "127.0.0.1",
        Port = port ?? Lab.AmiPort,
        User = user,
        Secret = AsteriskLab.Secret,
        FolderHere = _folder.FullPath,
        FolderThere = _folder.FullPath,
    };

    /// <summary>A line over it.</summary>
    public AsteriskLine OpenLine(AsteriskReceiver? receiver = null, int? port = null, string user = "gateway", TimeSpan? scan = null) => AsteriskLine.Open(
        new AsteriskLineOptions { Servers = [Server(port, user)], ScanInterval = scan ?? TimeSpan.FromMinutes(1) }, TimeProvider.System, receiver);

    /// <summary>Files in the hand-over folder.</summary>
    public IReadOnlyList<string> Files(string part) =>
        Directory.Exists(_folder.Of(part)) ? [.. Directory.GetFiles(_folder.Of(part)).Select(path => Path.GetFileName(path)!)] : [];

    /// <summary>A fax to a number of another instance.</summary>
    public static OutboundFax Fax(AsteriskLab far, string number, string? file = null) => new()
    {
        Trunk = new TrunkProfile { Servers = [new TrunkServer { Host = "127.0.0.1", Port = far.SipPort }], Audio = new TrunkAudio { Fallback = true } },
        To = number,
        From = "+15550100",
        Identity = "+1 (555) 0100, Ä",
        Reference = $"a{number}",
        Document = Open(file ?? AsteriskLab.Sample("two-light-g4.tif")),
    };

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        _folder.Dispose();
    }

    private static TiffFaxDocument Open(string path)
    {
        var error = TiffFaxDocument.TryOpen(path, out var document);
        return error == TiffError.None ? document! : throw new InvalidDataException($"{path}: {error}");
    }
}
