namespace Faxbot.Server.Api;

/// <summary>It was done, and there is nothing more to say.</summary>
/// <param name="Status">The word for it.</param>
internal sealed record Acknowledgement(string Status)
{
    public static Acknowledgement Ok { get; } = new("ok");
}
