using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Faxbot.Testing.Asterisk;

/// <summary>
/// A connection to Asterisk's manager interface. All messages since the login are kept, so an event that came before
/// <see cref="WaitAsync"/> was called is found as well. Safe for concurrent use.
/// </summary>
public sealed class AsteriskAmi : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();
    private readonly List<AmiMessage> _messages = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private bool _closed;

    private AsteriskAmi()
    {
    }

    /// <summary>All that came so far.</summary>
    public IReadOnlyList<AmiMessage> Messages
    {
        get
        {
            lock (_gate) return [.. _messages];
        }
    }

    internal static async Task<AsteriskAmi> ConnectAsync(int port, string user, string secret)
    {
        var ami = new AsteriskAmi();
        try
        {
            await ami._tcp.ConnectAsync(IPAddress.Loopback, port);
            ami._reading = ami.ReadAsync();
            await ami.SendAsync($"Action: Login\nActionID: login\nUsername: {user}\nSecret: {secret}\nEvents: on");
            var answer = await ami.WaitAsync(message => message["ActionID"] == "login", TimeSpan.FromSeconds(10));
            return answer["Response"] == "Success" ? ami : throw new InvalidOperationException($"AMI refused the login of {user}: {answer["Message"]}");
        }
        catch
        {
            await ami.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends an action: lines of <c>Name: value</c>, as in the lab's README.</summary>
    public async Task SendAsync(string action) =>
        await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(action.Trim().ReplaceLineEndings("\r\n") + "\r\n\r\n"));

    /// <summary>The first message since the login that satisfies <paramref name="test"/>, waiting for it when it has not come yet.</summary>
    /// <exception cref="TimeoutException">None came within <paramref name="limit"/>; the message lists what did.</exception>
    public async Task<AmiMessage> WaitAsync(Func<AmiMessage, bool> test, TimeSpan limit)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var seen = 0; ;)
        {
            Task more;
            bool closed;
            lock (_gate)
            {
                for (; seen < _messages.Count; seen++)
                {
                    if (test(_messages[seen])) return _messages[seen];
                }

                (more, closed) = (_more.Task, _closed);
            }

            if (closed) throw new IOException("AMI closed the connection before the message came.");
            var left = limit - TimeProvider.System.GetElapsedTime(start);
            try
            {
                await more.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            catch (TimeoutException)
            {
                var came = Messages.Where(message => message["UserEvent"].Length > 0 || message["Event"] is "Hangup" or "OriginateResponse");
                throw new TimeoutException($"Asterisk did not report it within {limit.TotalSeconds:0} s. What it did report:\n{string.Join("\n\n", came)}");
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(_tcp.GetStream(), Encoding.UTF8);
            List<string> lines = [];
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    lines.Add(line);
                    continue;
                }

                Add(new AmiMessage(lines));
                lines = [];
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The instance or this connection was stopped.
        }

        Add(null);
    }

    private void Add(AmiMessage? message)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            if (message is null) _closed = true;
            else _messages.Add(message);
            (before, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }
}
