namespace Faxbot.Server.Inbound;

internal static class InboundRegistration
{
    /// <summary>Adds the inbox.</summary>
    internal static IServiceCollection AddInbound(this IServiceCollection services) => services.AddSingleton<InboxStore>();
}
