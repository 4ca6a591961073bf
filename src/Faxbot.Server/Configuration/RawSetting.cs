namespace Faxbot.Server.Configuration;

/// <summary>A setting's texts as somebody wrote them.</summary>
/// <param name="Texts">One, or those of a list.</param>
/// <param name="Origin">Where they stand.</param>
/// <param name="Place">The place for errors: the key in the file, or the variable.</param>
internal sealed record RawSetting(IReadOnlyList<string> Texts, SettingOrigin Origin, string Place);

/// <summary>Where a setting's value comes from; the later ones go before the earlier.</summary>
internal enum SettingOrigin
{
    Default,
    File,
    Environment,
}
