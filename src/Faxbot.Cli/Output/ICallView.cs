using Faxbot.Lines;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Cli.Output;

/// <summary>Shows a call to whoever runs the command: a person at a terminal, a log, or a program.</summary>
internal interface ICallView
{
    /// <summary>Says something that is not an event of the call.</summary>
    void Note(string text);

    /// <summary>Shows a call to its end.</summary>
    Task FollowAsync(FaxCall call, int? pagesTotal, TraceFile? trace);

    /// <summary>Shows how it ended, and the file with what was received where there is one.</summary>
    void Finish(FaxOutcome outcome, bool sending, string? receivedFile);
}
