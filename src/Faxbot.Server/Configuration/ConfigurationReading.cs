namespace Faxbot.Server.Configuration;

/// <summary>What became of file and environment.</summary>
internal sealed record ConfigurationReading
{
    /// <summary>The options; null when there are problems.</summary>
    public GatewayOptions? Options { get; init; }

    /// <summary>All that is wrong.</summary>
    public required IReadOnlyList<ConfigurationProblem> Problems { get; init; }

    /// <summary>What is perhaps wrong, and was passed over.</summary>
    public required IReadOnlyList<ConfigurationProblem> Warnings { get; init; }

    /// <summary>Each setting as it holds, when there are no problems.</summary>
    public IReadOnlyList<EffectiveSetting> Settings { get; init; } = [];
}

/// <summary>A setting as it holds.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its text, without secrets; null when it is not set.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record EffectiveSetting(string Key, string? Value, SettingOrigin Origin);
