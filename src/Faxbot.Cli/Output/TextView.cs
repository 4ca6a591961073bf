using System.Globalization;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Cli.Output;

/// <summary>Plain lines, for pipes and logs.</summary>
internal sealed class TextView(TextWriter output) : ICallView
{
    public void Note(string text) => output.WriteLine(text);

    public async Task FollowAsync(FaxCall call, int? pagesTotal, TraceFile? trace)
    {
        var narrator = new CallNarrator(pagesTotal);
        await foreach (var happened in call.Events)
        {
            trace?.Write(happened);
            if (narrator.Tell(happened.Event) is not { } line) continue;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(happened.At - call.Started).TotalSeconds,7:0.0} s  {line}"));
        }
    }

    public void Finish(FaxOutcome outcome, bool sending, string? receivedFile)
    {
        output.WriteLine(OutcomeText.Headline(outcome, sending));
        foreach (var line in OutcomeText.Details(outcome)) output.WriteLine("  " + line);
        if (receivedFile is not null) output.WriteLine(receivedFile);
    }
}
