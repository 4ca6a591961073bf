namespace Faxbot.Server.Api;

/// <summary>A request cannot be served, for a reason that its sender is told.</summary>
/// <param name="kind">What is wrong.</param>
/// <param name="detail">A sentence for the sender.</param>
/// <param name="errors">The fields that are wrong, where several may be.</param>
internal sealed class ProblemException(ProblemKind kind, string detail, IReadOnlyDictionary<string, string[]>? errors = null) : Exception(detail)
{
    public ProblemKind Kind { get; } = kind;

    public IReadOnlyDictionary<string, string[]>? Errors { get; } = errors;
}
