namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>A file of Asterisk's configuration.</summary>
/// <param name="Name">Its name, such as <c>faxbot-pjsip.conf</c>.</param>
/// <param name="IncludeIn">The file of Asterisk that has to include it, such as <c>pjsip.conf</c>.</param>
/// <param name="Text">What it says.</param>
public sealed record AsteriskFile(string Name, string IncludeIn, string Text)
{
    /// <summary>The line that has to stand at the end of <see cref="IncludeIn"/>.</summary>
    public string IncludeLine => $"#include {Name}";

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(AsteriskFile)} {{ Name = {Name} }}";
}
