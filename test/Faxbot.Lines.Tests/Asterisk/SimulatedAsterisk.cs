using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>
/// The manager interface of an Asterisk that is not there, on loopback: logins, AstDB, channels, and calls that go as their number says (see
/// <see cref="SimulatedCall"/>). What it does beside that, rules say. Many connections at once; what happens is told to all.
/// </summary>
internal sealed class SimulatedAsterisk : IAsyncDisposable
{
    public const string User = "gateway";
    public const string Secret = "se;cret";
    private const string Challenge = "840415273";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<SimulatedConnection, byte> _connections = new();
    private readonly ConcurrentBag<Task> _tasks = [];
    private readonly ConcurrentBag<SimulatedCall> _calls = [];
    private readonly X509Certificate2? _certificate;
    private int _runs;

    /// <summary>Opens its port.</summary>
    /// <param name="certificate">Its certificate; null speaks no TLS.</param>
    public SimulatedAsterisk(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _tasks.Add(AcceptAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>AstDB: family and key with a slash.</summary>
    public ConcurrentDictionary<string, string> Database { get; } = new();

    /// <summary>Channels by their Uniqueid.</summary>
    public ConcurrentDictionary<string, SimulatedCall> Channels { get; } = new();

    /// <summary>Every action that came, in order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Actions { get; } = new();

    /// <summary>Decides about an action before anything else does: true when that is all that happens to it.</summary>
    public Func<SimulatedConnection, IReadOnlyDictionary<string, string>, bool> Rule { get; set; } = (_, _) => false;

    /// <summary>Whether calls go on by themselves; otherwise they stay as they are when they are up.</summary>
    public bool CallsGoOn { get; set; } = true;

    /// <summary>How many calls were originated.</summary>
    public int Originated => Actions.Count(action => action["Action"] == "Originate");

    /// <summary>Breaks all connections.</summary>
    public void Cut()
    {
        foreach (var connection in _connections.Keys) connection.Close();
    }

    /// <summary>As if it had been killed and started again: channels are gone, AstDB is not.</summary>
    public void Restart()
    {
        Interlocked.Increment(ref _runs);
        Channels.Clear();
        Cut();
    }

    /// <summary>Tells everybody.</summary>
    public void Tell(params (string Name, string Value)[] fields)
    {
        foreach (var connection in _connections.Keys) connection.Send(fields);
    }

    /// <summary>Runs something until it is disposed.</summary>
    public void Run(Task task) => _tasks.Add(task);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Cut();
        foreach (var call in _calls) call.Cancel();
        foreach (var task in _tasks) await task;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _tasks.Add(ServeAsync(await _listener.AcceptTcpClientAsync()));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        if (await OpenAsync(client) is not { } stream) return;
        var connection = new SimulatedConnection(client, stream);
        _connections[connection] = 0;
        connection.SendBanner();
        await foreach (var action in connection.ReadAsync())
        {
            Actions.Enqueue(action);
            if (!Rule(connection, action)) Answer(connection, action);
        }

        _connections.TryRemove(connection, out _);
    }

    private async Task<Stream?> OpenAsync(TcpClient client)
    {
        if (_certificate is null) return client.GetStream();
        var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(_certificate);
            return tls;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // The client did not like the certificate.
            client.Close();
            return null;
        }
    }

    private void Answer(SimulatedConnection connection, IReadOnlyDictionary<string, string> action)
    {
        var key = $"{action.GetValueOrDefault("Family")}/{action.GetValueOrDefault("Key")}";
        switch (action["Action"])
        {
            case "Challenge": connection.Reply(action, "Success", ("Challenge", Challenge)); break;
            case "Login": Login(connection, action); break;
            case "CoreStatus": connection.Reply(action, "Success", ("CoreStartupDate", "2026-01-01"), ("CoreStartupTime", $"00:00:{_runs:00}")); break;
            case "DBPut": Database[key] = action["Val"]; connection.Reply(action, "Success"); break;
            case "DBDel": connection.Reply(action, Database.TryRemove(key, out _) ? "Success" : "Error"); break;
            case "DBGet" when Database.TryGetValue(key, out var value):
                connection.Reply(action, "Success", ("EventList", "start"));
                connection.Send(("Event", "DBGetResponse"), ("ActionID", action["ActionID"]), ("Val", value));
                connection.Send(("Event", "DBGetComplete"), ("ActionID", action["ActionID"]), ("EventList", "Complete"));
                break;
            case "Status" when Channels.TryGetValue(action["Channel"], out var call): call.TellStatus(connection, action); break;
            case "FAXSessions": SimulatedCall.TellSessions(connection, action, Channels.Values); break;
            case "FAXSession" when Channels.Values.FirstOrDefault(call => call.Session == action["SessionNumber"]) is { } call: call.TellSession(connection, action); break;
            case "Originate": Originate(connection, action); break;
            case "Hangup" when Channels.TryGetValue(action["Channel"], out var call): connection.Reply(action, "Success"); call.Cancel(); break;
            case "Ping" or "MessageSend": connection.Reply(action, "Success"); break;
            default: connection.Reply(action, "Error", ("Message", "No such thing")); break;
        }
    }

    private static void Login(SimulatedConnection connection, IReadOnlyDictionary<string, string> action)
    {
        var key = Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.MD5, Encoding.UTF8.GetBytes(Challenge + Secret)));
        var isRight = action["Username"] == User && action["Key"] == key;
        connection.Reply(action, isRight ? "Success" : "Error", ("Message", isRight ? "Authentication accepted" : "Authentication failed"));
        if (isRight) connection.Send(("Event", "FullyBooted"), ("Uptime", "100"));
    }

    private void Originate(SimulatedConnection connection, IReadOnlyDictionary<string, string> action)
    {
        var call = new SimulatedCall(this, action);
        Channels[call.Id] = call;
        _calls.Add(call);
        connection.Reply(action, "Success", ("Message", "Originate successfully queued"));
        _tasks.Add(call.RunAsync());
    }
}
