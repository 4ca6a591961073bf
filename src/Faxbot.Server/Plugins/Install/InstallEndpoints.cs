using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Plugins.Install;

/// <summary>Installing over the API: what becomes of a plugin's files.</summary>
internal static class InstallEndpoints
{
    public static void MapPluginInstalls(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/plugin-sources", Sources).WithTags("Plugins").RequireScope(Scopes.PluginsRead).WithSummary("The feeds and folders that plugins are installed from");
        var plugins = routes.MapGroup("/plugins").WithTags("Plugins").RequireScope(Scopes.PluginsInstall);
        plugins.MapPost("", InstallAsync).WithSummary("Install a package from a listed source; it is not enabled").Refuses();
        plugins.MapPost("/{id}/upgrade", UpgradeAsync).WithSummary("Install the newest version, or a certain one, in its place").Refuses();
        plugins.MapPost("/{id}/rollback", RollBackAsync).WithSummary("Go back to the version that ran before").ProducesProblem(404).ProducesProblem(409);
        plugins.MapDelete("/{id}", UninstallAsync).WithSummary("Uninstall it; its settings stay for the case that it is installed again").ProducesProblem(404).ProducesProblem(409);
    }

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint) =>
        endpoint.ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);

    private static Ok<IReadOnlyList<SourceView>> Sources(PackageFeeds feeds) =>
        TypedResults.Ok<IReadOnlyList<SourceView>>([.. feeds.All.Select(feed => new SourceView(feed.Source, feed is FolderFeed ? "folder" : "feed"))]);

    private static async Task<Results<Created<PluginView>, ProblemHttpResult>> InstallAsync(HttpContext http, InstallRequest request, PluginInstaller installer, PluginFleet fleet, AuditLog audit)
    {
        try
        {
            var id = await installer.InstallAsync(request, http.RequestAborted);
            await audit.RecordAsync(http, AuditAction.PluginInstalled, id, fleet.Describe(id)!.Version);
            return TypedResults.Created($"/plugins/{id}", fleet.Describe(id)!);
        }
        catch (PluginInstallException refused)
        {
            return Problem(refused);
        }
    }

    private static Task<Results<Ok<PluginView>, ProblemHttpResult>> UpgradeAsync(
        HttpContext http, string id, UpgradeRequest? request, PluginInstaller installer, PluginFleet fleet, AuditLog audit) =>
        ChangeAsync(http, id, AuditAction.PluginUpgraded, fleet, audit, () => installer.UpgradeAsync(id, request?.Version, request?.Source, http.RequestAborted));

    private static Task<Results<Ok<PluginView>, ProblemHttpResult>> RollBackAsync(HttpContext http, string id, PluginInstaller installer, PluginFleet fleet, AuditLog audit) =>
        ChangeAsync(http, id, AuditAction.PluginRolledBack, fleet, audit, () => installer.RollBackAsync(id, http.RequestAborted));

    private static async Task<Results<Ok<Acknowledgement>, ProblemHttpResult>> UninstallAsync(HttpContext http, string id, PluginInstaller installer, AuditLog audit)
    {
        try
        {
            await installer.UninstallAsync(id, http.RequestAborted);
            await audit.RecordAsync(http, AuditAction.PluginUninstalled, id);
            return TypedResults.Ok(Acknowledgement.Ok);
        }
        catch (PluginInstallException refused)
        {
            return Problem(refused);
        }
    }

    private static async Task<Results<Ok<PluginView>, ProblemHttpResult>> ChangeAsync(
        HttpContext http, string id, string action, PluginFleet fleet, AuditLog audit, Func<Task<bool>> change)
    {
        try
        {
            if (await change()) await audit.RecordAsync(http, action, id, fleet.Describe(id)!.Version);
            return TypedResults.Ok(fleet.Describe(id)!);
        }
        catch (PluginInstallException refused)
        {
            return Problem(refused);
        }
    }

    private static ProblemHttpResult Problem(PluginInstallException refused) => refused.Failure switch
    {
        InstallFailure.NotListed => Problems.Of(ProblemKind.Invalid, refused.Message, new Dictionary<string, string[]> { ["source"] = [refused.Message] }),
        InstallFailure.NotFound => Problems.Of(ProblemKind.NotFound, refused.Message),
        InstallFailure.Unreachable => Problems.Of(ProblemKind.Unavailable, refused.Message),
        InstallFailure.Conflict => Problems.Of(ProblemKind.Conflict, refused.Message),
        _ => Problems.Of(ProblemKind.PackageRefused, refused.Message),
    };

    /// <summary>A source of packages.</summary>
    /// <param name="Source">As <c>source</c> of an installation names it.</param>
    /// <param name="Kind"><c>feed</c> or <c>folder</c>.</param>
    internal sealed record SourceView(string Source, string Kind);

    /// <summary>Which version is to run.</summary>
    internal sealed record UpgradeRequest
    {
        /// <summary>The newest when left out.</summary>
        public string? Version { get; init; }

        /// <summary>Where it is to come from; from where it was installed when left out.</summary>
        public string? Source { get; init; }
    }
}
