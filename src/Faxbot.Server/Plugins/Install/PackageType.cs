namespace Faxbot.Server.Plugins.Install;

/// <summary>The NuGet package type that says that a package is a plugin.</summary>
internal static class PackageType
{
    public const string Plugin = "FaxbotPlugin";
}
