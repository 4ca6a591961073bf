namespace Faxbot.Sdk.Testing.Contracts;

/// <summary>The package that a contract suite tests.</summary>
public record PluginContractOptions
{
    /// <summary>The folder with <c>manifest.json</c> and what else the plugin reads; the tests' own output folder unless said otherwise.</summary>
    public string PackageFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Settings as JSON, complete and valid, made up: nobody is asked whether they are somebody's.</summary>
    public required string Settings { get; init; }

    /// <summary>Settings that have the name of a secret and are none, as <c>$.api_key</c> where that is the public half of a pair.</summary>
    public IReadOnlyList<string> NotSecret { get; init; } = [];

    /// <summary>The clock; null is the machine's.</summary>
    public TimeProvider? Time { get; init; }
}
