namespace Faxbot.Server.Configuration;

/// <summary>Text messages.</summary>
internal sealed record MessageOptions
{
    [Setting("The most segments that one text may be cut into.", Min = 1, Max = 255)]
    public int MaxSegments { get; init; } = 10;

    [Setting("How long a report is waited for; a message that the provider has and of which nothing is told is unknown after that.", Min = 60)]
    public TimeSpan ReportWait { get; init; } = TimeSpan.FromDays(3);

    [Setting("What is answered to STOP and its like. Many providers answer by themselves.", Unset = "no answer", Example = "You will get no more messages from us. Reply START to get them again.")]
    public string? StopReply { get; init; }

    [Setting("What is answered to START and its like by someone who had opted out.", Unset = "no answer", Example = "You will get our messages again. Reply STOP to end them.")]
    public string? StartReply { get; init; }

    [Setting("What is answered to HELP and INFO.", Unset = "no answer", Example = "Example Clinic. Call +1 555 0100, or reply STOP to end messages.")]
    public string? HelpReply { get; init; }
}
