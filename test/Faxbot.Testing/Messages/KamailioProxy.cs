using System.Globalization;
using Faxbot.Testing.Network;
using Faxbot.Testing.Processes;

namespace Faxbot.Testing.Messages;

/// <summary>
/// A Kamailio on 127.0.0.1 with ports of its own: a registrar that keeps its bindings in memory, and a proxy that relays to whoever is registered. One user,
/// <see cref="Account"/>, must prove who it is. Disposing of it ends it by its own process id.
/// </summary>
public sealed class KamailioProxy : IAsyncDisposable
{
    /// <summary>The user who is challenged.</summary>
    public const string Account = "5550100";

    /// <summary>Its password.</summary>
    public const string Secret = "proxy-secret";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempFolder _folder = new();
    private readonly PortReservation _ports = PortReservation.Take(2);
    private RunningProcess _process = null!;

    private KamailioProxy()
    {
    }

    /// <summary>Its port for SIP over UDP and TCP.</summary>
    public int SipPort => _ports.First;

    /// <summary>Its port for SIP over TLS.</summary>
    public int TlsPort => _ports.Last;

    /// <summary>What it said.</summary>
    public string Output => $"{_process.Output}{_process.Error}";

    /// <summary>Installs it where it is missing, and starts it.</summary>
    /// <param name="certificate">A PEM file of its certificate and key.</param>
    public static async Task<KamailioProxy> StartAsync(string certificate)
    {
        await DebianPackages.EnsureAsync("kamailio", "kamailio-tls-modules");
        var proxy = new KamailioProxy();
        try
        {
            await File.WriteAllTextAsync(proxy._folder.Of("kamailio.cfg"), proxy.Configuration(certificate));
            proxy._process = RunningProcess.Start(
                "/usr/sbin/kamailio",
                ["-f", proxy._folder.Of("kamailio.cfg"), "-DD", "-E", "-m", "32", "-M", "8", "-Y", proxy._folder.FullPath, "-w", proxy._folder.FullPath]);
            await proxy._process.WaitForLineAsync(line => line.Contains("ready to relay", StringComparison.Ordinal), Patience);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.StopAsync(TimeSpan.FromSeconds(5));
            await _process.DisposeAsync();
        }

        _ports.Dispose();
        _folder.Dispose();
    }

    private string Configuration(string certificate) => string.Create(CultureInfo.InvariantCulture, $$"""
        #!KAMAILIO
        debug=2
        log_stderror=yes
        children=1
        tcp_children=1
        auto_aliases=no
        enable_tls=yes
        listen=udp:127.0.0.1:{{SipPort}}
        listen=tcp:127.0.0.1:{{SipPort}}
        listen=tls:127.0.0.1:{{TlsPort}}
        loadmodule "tm.so"
        loadmodule "sl.so"
        loadmodule "rr.so"
        loadmodule "pv.so"
        loadmodule "maxfwd.so"
        loadmodule "usrloc.so"
        loadmodule "registrar.so"
        loadmodule "textops.so"
        loadmodule "siputils.so"
        loadmodule "auth.so"
        loadmodule "xlog.so"
        loadmodule "tls.so"
        modparam("tls", "tls_method", "TLSv1.2+")
        modparam("tls", "certificate", "{{certificate}}")
        modparam("tls", "private_key", "{{certificate}}")
        modparam("tls", "verify_certificate", 0)
        modparam("usrloc", "db_mode", 0)
        modparam("tm", "fr_timer", 5000)

        event_route[core:worker-one-init] {
            xlog("L_ERR", "ready to relay\n");
        }

        request_route {
            if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
            if (is_method("REGISTER")) {
                if ($fU == "{{Account}}" && !pv_www_authenticate("$fd", "{{Secret}}", "0")) { www_challenge("$fd", "0"); exit; }
                save("location");
                exit;
            }

            if (is_method("OPTIONS")) { sl_send_reply("200", "OK"); exit; }
            if ($fU == "{{Account}}" && !pv_proxy_authenticate("$fd", "{{Secret}}", "0")) { proxy_challenge("$fd", "0"); exit; }
            loose_route();
            if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
            t_relay();
        }

        """);
}
