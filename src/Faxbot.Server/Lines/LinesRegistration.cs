using Faxbot.Lines;
using Faxbot.Server.Configuration;
using Faxbot.Server.Lines.Asterisk;
using Faxbot.Server.Lines.Media;
using Faxbot.Server.Plugins;
using Faxbot.Server.Voice;

namespace Faxbot.Server.Lines;

/// <summary>What the folder Lines gives to the gateway.</summary>
internal static class LinesRegistration
{
    /// <summary>Needs the ledger of attempts, the inbox, the content store, StoredRendering and the clock.</summary>
    internal static IServiceCollection AddLines(this IServiceCollection services, SipOptions options, AsteriskOptions asterisk, string dataFolder, Uri? publicAddress) => services
        .AddSingleton(options)
        .AddSingleton(asterisk)
        .AddSingleton(new AsteriskSpool(Path.Combine(dataFolder, "spool")))
        .AddSingleton<TrunkProfiles>()
        .AddSingleton(new AsteriskConfigFolder(Path.Combine(dataFolder, "asterisk-config")))
        .AddSingleton<AsteriskConfigFiles>()
        .AddSingleton<AsteriskInbox>()
        .AddSingleton<AsteriskTexts>()
        .AddSingleton<AsteriskHub>()
        .AddSingleton<FollowedCalls>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<InboundSpool>(provider, Path.Combine(dataFolder, "spool")))
        .AddSingleton<SandboxExchange>()
        .AddSingleton<MediaMemory>()
        .AddSingleton<CallFollower>()
        .AddSingleton<IMessageRecipient, TextReception>()
        .AddSingleton<LineHub>()
        .AddSingleton<MessageLines>()
        .AddLineCalls()
        .AddSingleton<TrunkBook>()
        .AddSingleton<IPluginServices>(provider => ActivatorUtilities.CreateInstance<GatewayServices>(provider, new GatewayAddress(publicAddress)))
        .AddSingleton<DocumentCopies>().AddHostedService(provider => provider.GetRequiredService<DocumentCopies>())
        .AddHostedService<LineLife>();
}
