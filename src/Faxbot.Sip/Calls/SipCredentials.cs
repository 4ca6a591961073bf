namespace Faxbot.Sip.Calls;

/// <summary>What answers a digest challenge.</summary>
/// <param name="Username">The authentication user.</param>
/// <param name="Password">Its password.</param>
/// <param name="Realm">The only realm that may have an answer, or null for any.</param>
public sealed record SipCredentials(string Username, string Password, string? Realm = null)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Username} ({Realm ?? "any realm"})";
}
