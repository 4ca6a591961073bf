namespace Faxbot.Server.Rendering;

/// <summary>What the folder StoredRendering gives to the gateway.</summary>
internal static class RenderingRegistration
{
    /// <summary>Needs the content store, the jobs and the clock. What an earlier run left in plain is deleted.</summary>
    internal static IServiceCollection AddRendering(this IServiceCollection services, RenderingOptions options)
    {
        if (Directory.Exists(options.Folder)) Directory.Delete(options.Folder, recursive: true);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Folder);
        else Directory.CreateDirectory(options.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return services
            .AddSingleton(options)
            .AddSingleton<FaxPreparer>()
            .AddSingleton<Jobs.IFaxPreparer>(provider => provider.GetRequiredService<FaxPreparer>())
            .AddSingleton<PlainForms>()
            .AddSingleton<PublishedDocuments>();
    }
}
