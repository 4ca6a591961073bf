namespace Faxbot.Server.Configuration;

/// <summary>Whether pages have a header line, and what stands in it.</summary>
/// <param name="IsOn">Whether there is one.</param>
/// <param name="Text">A text in it beside time, numbers and page.</param>
internal sealed record HeaderChoice(bool IsOn, string? Text)
{
    public static HeaderChoice On { get; } = new(true, null);

    public static HeaderChoice Off { get; } = new(false, null);

    public static HeaderChoice Parse(string text) => text switch
    {
        "on" or "true" => On,
        "off" or "false" or "" => Off,
        _ => new HeaderChoice(true, text),
    };

    public override string ToString() => Text ?? (IsOn ? "on" : "off");
}
