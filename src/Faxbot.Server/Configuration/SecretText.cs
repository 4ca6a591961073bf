namespace Faxbot.Server.Configuration;

/// <summary>A text that is shown nowhere.</summary>
internal sealed record SecretText(string Value)
{
    public override string ToString() => "***";
}
