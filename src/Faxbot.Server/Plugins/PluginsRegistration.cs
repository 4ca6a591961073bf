using Faxbot.Server.Plugins.Install;
using Faxbot.Server.Plugins.Packages;
using Faxbot.Server.Plugins.Processes;
using Faxbot.Server.Plugins.Settings;

namespace Faxbot.Server.Plugins;

/// <summary>Brings the plugins into the gateway.</summary>
internal static class PluginsRegistration
{
    /// <summary>Needs <see cref="PluginOptions"/>, <see cref="ISettingsSeal"/>, <see cref="IPluginServices"/>, the database and the clock.</summary>
    internal static IServiceCollection AddPlugins(this IServiceCollection services) => services
        .AddSingleton<PluginPackages>()
        .AddSingleton<PluginSettings>()
        .AddSingleton<PluginConfigs>()
        .AddSingleton<PluginLauncher>()
        .AddSingleton<PluginFleet>()
        .AddSingleton<PackageFeeds>()
        .AddSingleton<PluginInstaller>()
        .AddSingleton<PluginRegistry>()
        .AddSingleton<IFaxBackends>(provider => provider.GetRequiredService<PluginFleet>())
        .AddSingleton<IPluginBackends>(provider => provider.GetRequiredService<PluginFleet>())
        .AddHostedService<PluginFleetRefresh>();
}
