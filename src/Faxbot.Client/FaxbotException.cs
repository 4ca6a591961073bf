using System.Net;

namespace Faxbot.Client;

/// <summary>The gateway refused a request. The message is the gateway's own sentence, or the sentences of its fields.</summary>
public sealed class FaxbotException : Exception
{
    /// <summary>With what the gateway answered.</summary>
    /// <param name="message">Its sentence.</param>
    /// <param name="status">Its HTTP status.</param>
    /// <param name="type">The stable type of its problem document; null when there was none.</param>
    public FaxbotException(string message, HttpStatusCode status, string? type) : base(message) => (Status, Type) = (status, type);

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The stable type of the problem (RFC 9457).</summary>
    public string? Type { get; }
}
