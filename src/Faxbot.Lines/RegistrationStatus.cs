namespace Faxbot.Lines;

/// <summary>Where a trunk's registration stands.</summary>
/// <param name="IsRegistered">Whether the registrar knows us.</param>
/// <param name="Problem">Why it does not, in sentences with what to check; null while it does, and before its first answer.</param>
public sealed record RegistrationStatus(bool IsRegistered, string? Problem)
{
    /// <summary>The registrar was asked and has not answered yet.</summary>
    public static RegistrationStatus Asked { get; } = new(false, null);

    /// <summary>Whether the registrar has not answered yet.</summary>
    public bool IsOpen => !IsRegistered && Problem is null;
}
