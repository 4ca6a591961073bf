namespace Faxbot.Server.Inbound;

internal static class InboundRegistration
{
    /// <summary>Adds the inbox.</summary>
    internal static IServiceCollection AddInbound(this IServiceCollection services) => services.AddSingleton<InboxStore>();

    /// <summary>Adds the fetching of faxes that wait at providers. Needs the plugins.</summary>
    internal static IServiceCollection AddInboundFetch(this IServiceCollection services) => services
        .AddSingleton<InboundNotices>()
        .AddSingleton<IInboundNotices>(provider => provider.GetRequiredService<InboundNotices>())
        .AddHostedService<InboundFetch>();
}
