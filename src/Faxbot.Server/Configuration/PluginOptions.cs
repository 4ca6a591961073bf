namespace Faxbot.Server.Configuration;

/// <summary>Where plugins come from and lie.</summary>
internal sealed record PluginOptions
{
    [Setting("The folder of installed plugins.", IsPath = true)]
    public string Folder { get; init; } = "{data_folder}/plugins";

    [Setting("The feeds and folders that plugins may be installed from.", IsPath = true)]
    public IReadOnlyList<string> Sources { get; init; } = ["https://api.nuget.org/v3/index.json"];
}
