using Faxbot.Server.Configuration;

namespace Faxbot.Server.Content;

internal static class ContentRegistration
{
    /// <summary>Adds the content store, its keys and secrets, and what deletes contents when their time is over. The options of storage and retention are there already, and the inbox.</summary>
    internal static IServiceCollection AddContent(this IServiceCollection services) => services
        .AddSingleton<IBlobStore>(services => new LocalBlobStore(services.GetRequiredService<StorageOptions>().Folder))
        .AddSingleton(services => KeyRing.Open(services.GetRequiredService<StorageOptions>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton<ContentReferences>()
        .AddSingleton<ContentStore>()
        .AddSingleton<SecretBox>()
        .AddSingleton<Renderings>()
        .AddSingleton<Retention>()
        .AddHostedService<RetentionSweep>();
}
