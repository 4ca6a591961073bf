using System.Net;

namespace Faxbot.Server.Webhooks;

/// <summary>What the folder Webhooks gives to the gateway.</summary>
internal static class WebhooksRegistration
{
    /// <summary>Needs <see cref="Configuration.WebhookOptions"/>, the database, the secret box, the jobs and the clock.</summary>
    internal static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookPolicy>()
        .AddSingleton<WebhookAddressRules>()
        .AddSingleton(provider => new WebhookConnector(provider.GetRequiredService<WebhookAddressRules>(), Dns.GetHostAddressesAsync))
        .AddSingleton<WebhookSender>()
        .AddSingleton<WebhookStore>()
        .AddSingleton<WebhookFeed>()
        .AddSingleton<WebhookCourier>()
        .AddHostedService<WebhookPump>();
}
