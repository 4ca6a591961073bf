namespace Faxbot.Server.Api;

/// <summary>The header by which a caller names a request, so that it can be made again without doing its work again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    /// <summary>What the request is called; null when it has no name.</summary>
    /// <exception cref="ProblemException">It has several, or one that is too long.</exception>
    public static string? Of(HttpRequest request) => request.Headers[Header] switch
    {
        [] => null,
        [{ Length: > 0 and <= Longest } key] => key,
        _ => throw new ProblemException(ProblemKind.Invalid, $"{Header}: One value of at most {Longest} characters."),
    };

    /// <summary>The problem of a name that was used for another request.</summary>
    public static ProblemException Conflict() => new(ProblemKind.IdempotencyConflict, $"{Header}: Another request was made with it before.");
}
