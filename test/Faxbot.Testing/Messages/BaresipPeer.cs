using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Faxbot.Testing.Network;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Messages;

/// <summary>
/// A baresip on 127.0.0.1 with ports of its own that sends text messages on request and shows those that it gets. Its TLS port is the one behind
/// <see cref="SipPort"/>. Disposing of it ends it by its own process id.
/// </summary>
public sealed class BaresipPeer : IAsyncDisposable
{
    /// <summary>Its user.</summary>
    public const string User = "5550199";

    private const string Modules = "/usr/lib/baresip/modules";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempFolder _folder = new();
    private readonly PortReservation _ports = PortReservation.Take(4);
    private readonly TcpClient _console = new();
    private readonly List<string> _shown = [];
    private RunningProcess _process = null!;
    private StreamReader _screen = null!;

    private BaresipPeer()
    {
    }

    /// <summary>Its port for SIP over UDP and TCP.</summary>
    public int SipPort => _ports.First;

    /// <summary>Its port for SIP over TLS.</summary>
    public int TlsPort => _ports.First + 1;

    private int ConsolePort => _ports.Last;

    /// <summary>Installs it where it is missing, and starts it.</summary>
    /// <param name="correspondent">The SIP URI that its messages go to, with the transport that carries them.</param>
    /// <param name="certificate">A PEM file of its certificate and key for TLS; null speaks no TLS.</param>
    /// <param name="registrar">Where it registers, as the domain of its address with port and transport; null registers nowhere.</param>
    public static async Task<BaresipPeer> StartAsync(string correspondent, string? certificate = null, string? registrar = null)
    {
        await DebianPackages.EnsureAsync("baresip-core");
        var peer = new BaresipPeer();
        try
        {
            await peer.ConfigureAsync(correspondent, certificate, registrar);
            // What it prints is shown as it comes only where it believes in a terminal.
            peer._process = RunningProcess.Start("stdbuf", ["-oL", "-eL", "baresip", "-f", peer._folder.FullPath, "-s", "-v"]);
            await peer._process.WaitForLineAsync(line => line.Contains(registrar is null ? "baresip is ready" : "200 OK", StringComparison.Ordinal), Patience);
            await peer._console.ConnectAsync("127.0.0.1", peer.ConsolePort);
            peer._screen = new StreamReader(peer._console.GetStream());
            // It shows to whoever has said something last.
            await peer.TypeAsync("/uuid");
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a text of one line to the correspondent.</summary>
    public Task SendAsync(string text) => TypeAsync($"/message {text}");

    /// <summary>Waits until it shows a text that it got.</summary>
    /// <exception cref="OperationCanceledException">It did not in time.</exception>
    public async Task WaitForTextAsync(string text)
    {
        using var ends = new CancellationTokenSource(Patience);
        while (!_shown.Exists(line => line.Contains($"\"{text}\"", StringComparison.Ordinal)))
            _shown.Add(await _screen.ReadLineAsync(ends.Token) ?? throw new InvalidOperationException($"baresip has closed its console.\n{Output}"));
    }

    /// <summary>All that it said.</summary>
    public string Output => $"{_process.Output}{_process.Error}{string.Join('\n', _shown)}";

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _console.Dispose();
        if (_process is not null)
        {
            await _process.StopAsync(TimeSpan.FromSeconds(2));
            await _process.DisposeAsync();
        }

        _ports.Dispose();
        _folder.Dispose();
    }

    // Of a correspondent's address it looks at user, host and port alone: the transport is that of its outbound proxy.
    private static string Place(string uri) => "sip:" + uri[(uri.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private Task TypeAsync(string line) => _console.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).AsTask();

    private async Task ConfigureAsync(string correspondent, string? certificate, string? registrar)
    {
        await File.WriteAllTextAsync(_folder.Of("config"), string.Create(CultureInfo.InvariantCulture, $"""
            poll_method epoll
            sip_listen 127.0.0.1:{SipPort}
            {(certificate is null ? "" : $"sip_certificate {certificate}")}
            module_path {Modules}
            module g711.so
            module_app account.so
            module_app contact.so
            module_app menu.so
            module cons.so
            cons_listen 127.0.0.1:{ConsolePort}

            """));
        var domain = registrar ?? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{SipPort}");
        await File.WriteAllTextAsync(_folder.Of("accounts"), $"<sip:{User}@{domain}>;regint={(registrar is null ? 0 : 60)};outbound=\"{Place(correspondent)}\"\n");
        await File.WriteAllTextAsync(_folder.Of("contacts"), $"\"Gateway\" <{correspondent}>\n");
    }
}
