namespace Faxbot.Server.Configuration;

/// <summary>How long things are kept.</summary>
internal sealed record RetentionOptions
{
    [Setting("A document, after its fax has ended.")]
    public TimeSpan Documents { get; init; } = TimeSpan.FromDays(30);

    [Setting("Drawn pages, after their last use and when no fax waits for them.")]
    public TimeSpan Rendered { get; init; } = TimeSpan.FromDays(1);

    [Setting("A received fax, after it came.")]
    public TimeSpan Inbound { get; init; } = TimeSpan.FromDays(90);

    [Setting("A text message: a received one after it came, any other with its attempts after its end, or after nothing more is expected of it.")]
    public TimeSpan Messages { get; init; } = TimeSpan.FromDays(365);

    [Setting("Events of faxes and messages.")]
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(90);

    [Setting("A fax with its attempts, after it has ended; its document is deleted with it at the latest.")]
    public TimeSpan Jobs { get; init; } = TimeSpan.FromDays(365);
}
