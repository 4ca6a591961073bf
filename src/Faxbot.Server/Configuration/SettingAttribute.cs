namespace Faxbot.Server.Configuration;

/// <summary>Marks a property of the options as one setting; properties without it are sections.</summary>
/// <param name="meaning">What it does, for the operator: a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string meaning) : Attribute
{
    public string Meaning { get; } = meaning;

    /// <summary>The least and the most that a number may be.</summary>
    public long Min { get; init; } = long.MinValue;

    public long Max { get; init; } = long.MaxValue;

    /// <summary>Whether it names a place: <c>~/</c> and <c>{data_folder}</c> in it are replaced.</summary>
    public bool IsPath { get; init; }

    /// <summary>Whether each entry of its list must say it; only for those of lists.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What holds when nothing is set, where the default alone does not say it.</summary>
    public string? Unset { get; init; }

    /// <summary>A value for the sample file, where there is no default.</summary>
    public string? Example { get; init; }
}
