using System.Diagnostics;
using System.Globalization;
using Faxbot.Testing.Network;

namespace Faxbot.Testing.Asterisk;

/// <summary>
/// A real Asterisk on 127.0.0.1 with ports and a name of its own, whose numbers behave in every way a far end can:
/// <c>test/lab/asterisk-lab/README.md</c> lists them. It also sends on request. Disposing of it ends it by its own process id.
/// Starting one takes less than a second (half a minute more when Asterisk has to be downloaded first). Safe for concurrent use.
/// </summary>
public sealed class AsteriskLab : IAsyncDisposable
{
    /// <summary>The user of the account that may register; its password is <see cref="Secret"/>.</summary>
    public const string Account = "account";

    /// <summary>The password of the account and of both AMI users, <c>gateway</c> and <c>lab</c>.</summary>
    public const string Secret = "lab-secret";

    private static int _instances;
    private readonly string _folder;
    private readonly PortReservation _ports;
    private readonly PortReservation _udptl;
    private readonly PortReservation _rtp;
    private readonly AsteriskLabOptions _options;

    private AsteriskLab(string folder, string name, AsteriskLabOptions options)
    {
        (_folder, Name, _options) = (folder, name, options);
        (_ports, _udptl, _rtp) = (PortReservation.Take(3), PortReservation.Take(64), PortReservation.Take(128));
    }

    /// <summary>Name of the instance, for the lab's script.</summary>
    public string Name { get; }

    /// <summary>Its port for SIP over UDP and TCP.</summary>
    public int SipPort => _ports.First;

    /// <summary>Its port for SIP over TLS, where it has a certificate.</summary>
    public int TlsPort => _ports.First + 1;

    /// <summary>Its TCP port for AMI.</summary>
    public int AmiPort => _ports.Last;

    /// <summary>Its files: <c>log/full.log</c>, <c>spool/received/*.tif</c>, <c>etc/</c>. Gone after <see cref="DisposeAsync"/>.</summary>
    public string Folder => Path.Combine(_folder, "instances", Name);

    /// <summary>Sample TIFF files of the lab, such as <c>two-light-g4.tif</c>.</summary>
    public static string Sample(string name) => RepositoryRoot.Of("test", "lab", "asterisk-lab", "samples", name);

    /// <summary>Installs Asterisk when it is not in the cache and starts an instance.</summary>
    /// <exception cref="InvalidOperationException">It cannot be had or does not start; the message says why.</exception>
    public static async Task<AsteriskLab> StartAsync(AsteriskLabOptions? options = null)
    {
        options ??= new AsteriskLabOptions();
        var folder = await AsteriskInstall.FolderAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"t-{Environment.ProcessId}-{Interlocked.Increment(ref _instances)}");
        var lab = new AsteriskLab(folder, name, options);
        try
        {
            await lab.StartAgainAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, as a crash does. Its files stay for <see cref="StartAgainAsync"/>.</summary>
    public async Task KillAsync()
    {
        using var asterisk = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "pid")), CultureInfo.InvariantCulture));
        asterisk.Kill();
        await asterisk.WaitForExitAsync();
    }

    /// <summary>Starts it after <see cref="KillAsync"/>, on the same ports and with its AstDB.</summary>
    public async Task StartAgainAsync() =>
        (await AsteriskInstall.RunAsync(_folder, "start", Arguments(), TimeSpan.FromMinutes(1))).EnsureSuccess();

    /// <summary>Makes it read its configuration anew.</summary>
    public async Task ReloadAsync() => (await AsteriskInstall.RunAsync(_folder, "cli", ["--name", Name, "core reload"], TimeSpan.FromSeconds(30))).EnsureSuccess();

    /// <summary>The SIP URI of a number that it answers.</summary>
    public string Uri(string number) => $"sip:{number}@127.0.0.1:{Text(SipPort)}";

    /// <summary>Its whole log so far.</summary>
    public Task<string> ReadLogAsync() => File.ReadAllTextAsync(Path.Combine(Folder, "log", "full.log"));

    /// <summary>A new AMI connection, logged in; as <c>gateway</c> it may do what a fax gateway needs, as <c>lab</c> everything.</summary>
    public Task<AsteriskAmi> ConnectAmiAsync(string user = "lab") =>
        AsteriskAmi.ConnectAsync(AmiPort, user, Secret);

    /// <summary>Makes it call <paramref name="to"/> (a SIP URI, or a number at the registered account) and send a TIFF.</summary>
    /// <param name="to">A SIP URI, or the number to dial at the registered account.</param>
    /// <param name="file">A G3 or G4 TIFF, 1728 wide.</param>
    /// <param name="limit">The whole call may take this long.</param>
    /// <param name="options">Options of the script's <c>send</c>: <c>"--no-ecm"</c>, <c>"--rate", "9600"</c>, <c>"--audio"</c>, <c>"--auth"</c>.</param>
    /// <returns>The fields of the result: Status (SUCCESS, FAILED, NOCALL), StatusString, Error, Mode, Pages, Rate, Resolution, RemoteStation, Cause.</returns>
    public async Task<AmiMessage> SendAsync(string to, string file, TimeSpan limit, params string[] options)
    {
        var seconds = Text((int)limit.TotalSeconds);
        var result = await AsteriskInstall.RunAsync(
            _folder, "send", ["--name", Name, file, to, "--seconds", seconds, .. options], limit + TimeSpan.FromSeconds(10));
        var fields = new AmiMessage(result.Output.Split('\n'));
        return fields.Fields.ContainsKey("Status") ? fields : throw new InvalidOperationException($"Asterisk did not try to send.\n{result.Error}{result.Output}".TrimEnd());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await AsteriskInstall.RunAsync(_folder, "stop", ["--name", Name], TimeSpan.FromSeconds(30));
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        _ports.Dispose();
        _udptl.Dispose();
        _rtp.Dispose();
    }

    private List<string> Arguments()
    {
        List<string> arguments =
        [
            "--name", Name, "--sip-port", Text(SipPort), "--ami-port", Text(AmiPort), "--secret", Secret, "--keep-db",
            "--udptl", $"{Text(_udptl.First)}-{Text(_udptl.Last)}", "--rtp", $"{Text(_rtp.First)}-{Text(_rtp.Last)}",
            "--udptl-ec", _options.UdptlErrorCorrection,
        ];
        if (_options.TlsCertificate is { } certificate) arguments.AddRange(["--tls-port", Text(TlsPort), "--tls-cert", certificate]);
        if (_options.RequireAuthentication) arguments.Add("--require-auth");
        if (_options.Trace) arguments.Add("--trace");
        if (_options.Dialplan is { } dialplan) arguments.AddRange(["--dialplan", dialplan]);
        if (_options.Context is { } context) arguments.AddRange(["--context", context]);
        if (_options.MessageContext is { } messages) arguments.AddRange(["--message-context", messages]);
        return arguments;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
