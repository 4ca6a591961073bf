using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Faxbot.Lines.Tests.Asterisk;

/// <summary>One connection to a <see cref="SimulatedAsterisk"/>.</summary>
internal sealed class SimulatedConnection(TcpClient client, Stream stream)
{
    private readonly Channel<string> _out = Channel.CreateUnbounded<string>();

    public void SendBanner()
    {
        _out.Writer.TryWrite("Asterisk Call Manager/11.0.0\r\n");
        _ = WriteAsync();
    }

    /// <summary>What it is asked, until it is closed.</summary>
    public async IAsyncEnumerable<IReadOnlyDictionary<string, string>> ReadAsync()
    {
        // A client that did not like the certificate is gone before it was read from.
        if (!stream.CanRead) yield break;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var action = new Dictionary<string, string>();
        while (await ReadLineAsync(reader) is { } line)
        {
            if (line.Length > 0)
            {
                var parts = line.Split(": ", 2);
                // Of the variables, each is wanted.
                action[parts[0] == "Variable" ? parts[1].Split('=')[0] : parts[0]] = parts[0] == "Variable" ? parts[1][(parts[1].IndexOf('=', StringComparison.Ordinal) + 1)..] : parts[1];
                continue;
            }

            if (action.Count > 0) yield return action;
            action = [];
        }

        Close();
    }

    public void Reply(IReadOnlyDictionary<string, string> action, string response, params (string Name, string Value)[] fields) =>
        Send([("Response", response), ("ActionID", action["ActionID"]), .. fields]);

    public void Send(params (string Name, string Value)[] fields) =>
        _out.Writer.TryWrite(string.Concat(fields.Select(field => $"{field.Name}: {field.Value}\r\n")) + "\r\n");

    /// <summary>Closes it when all that was to be sent is.</summary>
    public void CloseAfterwards() => _out.Writer.TryComplete();

    public void Close()
    {
        _out.Writer.TryComplete();
        client.Close();
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader)
    {
        try
        {
            return await reader.ReadLineAsync();
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _out.Reader.ReadAllAsync()) await stream.WriteAsync(Encoding.UTF8.GetBytes(message));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Nobody is there any more.
        }

        client.Close();
    }
}
