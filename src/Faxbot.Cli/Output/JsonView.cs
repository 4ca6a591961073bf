using System.Text.Json;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Cli.Output;

/// <summary>One JSON object a line, for programs.</summary>
internal sealed class JsonView(TextWriter output) : ICallView
{
    public void Note(string text) => output.WriteLine(JsonSerializer.Serialize(new { @event = "note", text }));

    public async Task FollowAsync(FaxCall call, int? pagesTotal, TraceFile? trace)
    {
        await foreach (var happened in call.Events)
        {
            trace?.Write(happened);
            await output.WriteLineAsync(CallJson.Write(happened));
        }
    }

    public void Finish(FaxOutcome outcome, bool sending, string? receivedFile) => output.WriteLine(CallJson.Write(outcome, receivedFile));
}
