using Faxbot.Server.Jobs;

namespace Faxbot.Server.Outbox;

/// <summary>What the folder Outbox gives to the gateway. It needs the database, the jobs' routes and signal, the plugins, and each <see cref="IOutboxKind"/>.</summary>
internal static class OutboxRegistration
{
    /// <summary>The stores, as the API needs them.</summary>
    internal static IServiceCollection AddOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxKinds>()
        .AddSingleton<OutboxSignal>()
        .AddSingleton<OutboxStore>()
        .AddSingleton<OutboxLedger>();

    /// <summary>Those who work through it.</summary>
    internal static IServiceCollection AddOutboxDispatch(this IServiceCollection services) => services
        .AddSingleton(new OutboxWork())
        .AddSingleton<OutboxQueue>()
        .AddSingleton<OutboxClaim>()
        .AddSingleton<OutboxHandOver>()
        .AddSingleton<OutboxWatch>()
        .AddSingleton<OutboxWakes>()
        .AddSingleton<OutboxPump>()
        .AddDispatcher<OutboxPump>();
}
