using System.ComponentModel.DataAnnotations;

namespace Faxbot.Server.Faxes;

/// <summary>The fields of a request to send, for the API's description; <see cref="FaxUploadReader"/> reads them as they come.</summary>
internal sealed record FaxForm
{
    /// <summary>Who receives: E.164, or 6 to 20 digits.</summary>
    [Required]
    public required string To { get; init; }

    /// <summary>PDF, TIFF, PNG, JPEG or UTF-8 text; told apart by content.</summary>
    [Required]
    public required IFormFile File { get; init; }

    /// <summary>The caller number.</summary>
    public string? From { get; init; }

    /// <summary>standard, fine or superfine; fine when nothing is said.</summary>
    public string? Quality { get; init; }

    /// <summary>Whether error correction may be used; true when nothing is said.</summary>
    public bool? Ecm { get; init; }

    /// <summary>The highest rate, bits per second.</summary>
    public int? MaxRate { get; init; }

    /// <summary>The header line; empty for none, the gateway's when it is left out.</summary>
    public string? Header { get; init; }

    /// <summary>A subaddress at the receiver.</summary>
    public string? Subaddress { get; init; }

    /// <summary>The plugin that must carry it; the routes choose when nothing is said.</summary>
    public string? Plugin { get; init; }

    /// <summary>From -9 to 9; higher goes first.</summary>
    public int? Priority { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? SendAt { get; init; }

    /// <summary>Whether an attempt after a partial one begins at the first page that was not confirmed.</summary>
    public bool? Resume { get; init; }

    /// <summary>Where to tell what happens to it.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Your own name for it.</summary>
    public string? ClientReference { get; init; }
}
