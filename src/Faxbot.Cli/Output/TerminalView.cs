using System.Globalization;
using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;
using Spectre.Console;

namespace Faxbot.Cli.Output;

/// <summary>A person's terminal: a line that moves, and above it what has been reached.</summary>
internal sealed class TerminalView(IAnsiConsole console) : ICallView
{
    public void Note(string text) => console.MarkupLine($"[grey]{Markup.Escape(text)}[/]");

    public async Task FollowAsync(FaxCall call, int? pagesTotal, TraceFile? trace)
    {
        var narrator = new CallNarrator(pagesTotal);
        await console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(narrator.Standing), async status =>
        {
            await foreach (var happened in call.Events)
            {
                trace?.Write(happened);
                if (narrator.Tell(happened.Event) is { } line)
                {
                    var time = string.Create(CultureInfo.InvariantCulture, $"{(happened.At - call.Started).TotalSeconds,7:0.0} s");
                    console.MarkupLine($"[grey]{time}[/]  {Markup.Escape(line)}");
                }

                status.Status(Markup.Escape(narrator.Standing));
            }
        });
    }

    public void Finish(FaxOutcome outcome, bool sending, string? receivedFile)
    {
        var colour = outcome.Class == OutcomeClass.Success ? "green" : outcome.PagesConfirmed > 0 ? "yellow" : "red";
        console.MarkupLine($"[{colour} bold]{Markup.Escape(OutcomeText.Headline(outcome, sending))}[/]");
        foreach (var line in OutcomeText.Details(outcome)) console.MarkupLine("  " + Markup.Escape(line));
        if (receivedFile is not null) console.WriteLine(receivedFile);
    }
}
