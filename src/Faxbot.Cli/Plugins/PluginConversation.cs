using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faxbot.Cli.Gateways;
using Faxbot.Sdk;
using Faxbot.Sdk.Wire;

namespace Faxbot.Cli.Plugins;

/// <summary>A plugin's process, spoken with as the gateway does, for a gateway that has nothing to give: no document, no line that dials.</summary>
internal sealed class PluginConversation : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _asked = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Lock _writing = new();
    private readonly Task _reading;
    private readonly Task _logging;
    private int _last;

    private PluginConversation(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _logging = ReadLogAsync();
    }

    /// <summary>What the plugin wrote to its log so far.</summary>
    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>Starts the plugin, in the sandbox that a gateway on this machine would put it in.</summary>
    /// <param name="package">The folder of its package.</param>
    /// <param name="ownFolder">Its own folder.</param>
    public static PluginConversation Start(string package, string ownFolder) => new(ServerProcess.StartPlugin(package, ownFolder));

    /// <summary>Asks and waits for the answer: an object with <c>result</c> or <c>error</c>.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="EndOfStreamException">The process ended, or wrote what is no message.</exception>
    public async Task<JsonObject> AskAsync(string method, JsonObject parameters, TimeSpan limit)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _asked.GetOrAdd(id, _ => new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_reading.IsCompleted) throw Ended();
        Write(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return await answer.Task.WaitAsync(limit);
    }

    /// <summary>Closes the plugin's input and waits for its end.</summary>
    /// <returns>Its exit code; null when it did not end in time and was killed.</returns>
    public async Task<int?> EndAsync(TimeSpan limit)
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit);
            await _logging;
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await Task.WhenAll(_reading, _logging);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        var input = _process.StandardOutput.BaseStream;
        while (await ReadMessageAsync(input) is { } message)
        {
            if (message["method"] is not null) Answer(message);
            else if (message["id"] is JsonValue id && id.TryGetValue(out int number) && _asked.TryRemove(number, out var asked)) asked.TrySetResult(message);
        }

        foreach (var open in _asked.Values) open.TrySetException(Ended());
    }

    private static async Task<JsonObject?> ReadMessageAsync(Stream input)
    {
        var header = new StringBuilder();
        var octet = new byte[1];
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (header.Length > 512 || await input.ReadAsync(octet) == 0) return null;
            header.Append((char)octet[0]);
        }

        var length = header.ToString().Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))?.Split(':')[1];
        if (!int.TryParse(length, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var octets)) return null;
        var body = new byte[octets];
        try
        {
            await input.ReadExactlyAsync(body);
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (Exception broken) when (broken is EndOfStreamException or JsonException)
        {
            return null;
        }
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line) _log.Enqueue(line);
    }

    private void Answer(JsonObject question)
    {
        var reply = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = question["id"]?.DeepClone() };
        switch (question["method"]!.ToString())
        {
            case WireMethods.LinesConnect:
                reply["result"] = true;
                break;
            case WireMethods.LinesCheck or WireMethods.LinesCheckHealth:
                reply["result"] = new JsonObject { ["ok"] = true, ["problems"] = new JsonArray() };
                break;
            case WireMethods.LinesGetStatus:
                reply["result"] = new JsonObject { ["state"] = "never_sent" };
                break;
            case WireMethods.LinesCancel:
                reply["result"] = false;
                break;
            case WireMethods.JobsReport:
                reply["result"] = null;
                break;
            case WireMethods.DocumentsToFaxTiff:
                reply["result"] = new JsonObject { ["id"] = "tiff", ["media_type"] = "image/tiff", ["pages"] = 1 };
                break;
            case WireMethods.LinesOriginate:
                reply["error"] = Error(WireErrors.Rejected, "Nothing is dialled here.");
                reply["error"]!["data"] = JsonSerializer.SerializeToNode(new Sdk.Faxes.FaxRejectedException("Nothing is dialled here.").Outcome, SdkJson.Options);
                break;
            default:
                reply["error"] = Error(WireErrors.NotPossible, "There is no gateway here.");
                break;
        }

        if (question["id"] is not null) Write(reply);
    }

    private static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };

    private void Write(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_writing)
        {
            try
            {
                var output = _process.StandardInput.BaseStream;
                output.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
                output.Write(body);
                output.Flush();
            }
            catch (IOException)
            {
                // The process has ended: the reader tells who waits.
                _asked.Clear();
                throw Ended();
            }
        }
    }

    private static EndOfStreamException Ended() => new("The process ended, or wrote something to its standard output that is no message.");
}
