using Faxbot.Server.Configuration;

namespace Faxbot.Server.Content;

internal static class ContentRegistration
{
    /// <summary>Adds the content store, its keys and secrets. The options of storage and retention are there already.</summary>
    internal static IServiceCollection AddContent(this IServiceCollection services) => services
        .AddSingleton<IBlobStore>(services => new LocalBlobStore(services.GetRequiredService<StorageOptions>().Folder))
        .AddSingleton(services => KeyRing.Open(services.GetRequiredService<StorageOptions>(), services.GetRequiredService<TimeProvider>()))
        .AddSingleton<ContentReferences>()
        .AddSingleton<ContentStore>()
        .AddSingleton<SecretBox>();
}
