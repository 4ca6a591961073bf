using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Faxbot.PluginHost.Tests.Http;

/// <summary>An HTTPS server on a loopback port, with a certificate of its own making.</summary>
public sealed class SecureServer : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = MakeCertificate();
    private readonly ConcurrentDictionary<string, int> _visits = new();
    private WebApplication? _app;
    private Uri? _address;

    public Uri Address(string path) => new(_address!, path);

    /// <summary>Sockets that trust it.</summary>
    public SocketsHttpHandler Sockets() => new()
    {
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, given, _, _) => given?.GetCertHashString() == _certificate.GetCertHashString() },
    };

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.MapMethods("/hello", ["GET", "POST"], () => "hello");
        _app.MapPost("/elsewhere", () => Results.Redirect($"https://127.0.0.1:{_address!.Port}/hello", preserveMethod: true));
        _app.MapMethods("/once-busy/{name}", ["GET", "POST"], (string name) =>
            Results.StatusCode(_visits.AddOrUpdate(name, 1, (_, before) => before + 1) == 1 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK));
        await _app.StartAsync();
        _address = new UriBuilder(_app.Urls.Single()) { Host = "localhost" }.Uri;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
