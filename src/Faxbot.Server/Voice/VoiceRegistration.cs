using Faxbot.Server.Lines;
using Faxbot.Server.Outbox;

namespace Faxbot.Server.Voice;

internal static class VoiceRegistration
{
    /// <summary>Adds voice calls as a kind of the outbox, and what the API does with them. Needs the outbox and the content store.</summary>
    internal static IServiceCollection AddVoice(this IServiceCollection services) => services.AddSingleton<IOutboxKind, CallKind>().AddSingleton<CallIntake>();

    /// <summary>Adds the calls of the gateway's own lines. Needs those.</summary>
    internal static IServiceCollection AddLineCalls(this IServiceCollection services) => services
        .AddSingleton<LineCalls>()
        .AddSingleton<ILineCalls>(provider => provider.GetRequiredService<LineCalls>())
        .AddHostedService(provider => provider.GetRequiredService<LineCalls>());
}
