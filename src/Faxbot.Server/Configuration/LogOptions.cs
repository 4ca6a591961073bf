namespace Faxbot.Server.Configuration;

/// <summary>What is logged, and how.</summary>
internal sealed record LogOptions
{
    [Setting("What is logged at least.")]
    public LogLevel Level { get; init; } = LogLevel.Information;

    [Setting("How a line is written.")]
    public LogFormat Format { get; init; } = LogFormat.Text;
}

/// <summary>How a line of the log is written.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,
    /// <summary>One JSON object a line.</summary>
    Json,
}
