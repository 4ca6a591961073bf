using System.Text.Json.Nodes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Plugins;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Faxbot.Server.Plugins.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Plugins;

/// <summary><c>/plugins</c> and <c>/plugin-registry</c>: what is installed, how it is, and its settings.</summary>
internal static class PluginEndpoints
{
    public static void MapPlugins(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/plugin-registry", RegistryAsync).WithTags("Plugins").RequireScope(Scopes.PluginsRead)
            .WithSummary("All installed plugins; with a query those that fit it, and the packages that fit it in the feeds and folders");
        var read = routes.MapGroup("/plugins").WithTags("Plugins").RequireScope(Scopes.PluginsRead);
        var plugins = routes.MapGroup("/plugins").WithTags("Plugins").RequireScope(Scopes.PluginsConfigure);
        read.MapGet("", List).WithSummary("All installed plugins with their manifests and how they are");
        read.MapGet("/{id}", Find).WithSummary("A plugin").ProducesProblem(404);
        read.MapGet("/{id}/config", ConfigAsync).WithSummary("Its settings; secrets are masked").ProducesProblem(404);
        plugins.MapPut("/{id}/config", ConfigureAsync).WithSummary("Change its settings; a masked secret stays as it is").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        plugins.MapPost("/{id}/check", CheckAsync).WithSummary("Try it with these settings, or those in force, before anything is saved").ProducesProblem(404);
        plugins.MapPost("/{id}/restart", RestartAsync).WithSummary("Start it afresh").ProducesProblem(404).ProducesProblem(409);
    }

    private static Ok<IReadOnlyList<PluginView>> List(PluginFleet fleet) => TypedResults.Ok(fleet.List());

    private static async Task<Ok<IReadOnlyList<RegistryEntry>>> RegistryAsync(HttpContext http, string? query, PluginRegistry registry) =>
        TypedResults.Ok(string.IsNullOrWhiteSpace(query) ? registry.Installed() : await registry.SearchAsync(query.Trim(), http.RequestAborted));

    private static Results<Ok<PluginView>, ProblemHttpResult> Find(string id, PluginFleet fleet) => fleet.Describe(id) is { } view ? TypedResults.Ok(view) : NoSuchPlugin();

    private static async Task<Results<Ok<PluginConfig>, ProblemHttpResult>> ConfigAsync(HttpContext http, string id, PluginFleet fleet) =>
        await fleet.GetConfigAsync(id, http.RequestAborted) is { } config ? TypedResults.Ok(config) : NoSuchPlugin();

    private static async Task<Results<Ok<PluginConfig>, ProblemHttpResult>> ConfigureAsync(HttpContext http, string id, ConfigRequest request, PluginFleet fleet, AuditLog audit)
    {
        if (await fleet.GetConfigAsync(id, http.RequestAborted) is not { } current) return NoSuchPlugin();
        var answer = await fleet.PutConfigAsync(id, request.Over(current, http.Caller().KeyId), http.RequestAborted);
        switch (answer.Kind)
        {
            case PluginConfigAnswerKind.Saved:
                await audit.RecordAsync(http, AuditAction.PluginChanged, id, answer.Config!.Enabled ? "enabled" : "disabled");
                return TypedResults.Ok(answer.Config);
            case PluginConfigAnswerKind.Conflict:
                return Problems.Of(ProblemKind.RevisionConflict, "The settings were changed meanwhile; read them again.");
            case PluginConfigAnswerKind.Invalid:
                var errors = answer.Problems.GroupBy(problem => problem.Path).ToDictionary(path => path.Key, path => path.Select(problem => problem.Message).ToArray());
                return Problems.Of(ProblemKind.Invalid, string.Join(' ', answer.Problems.Select(problem => $"{problem.Path}: {problem.Message}")), errors);
            default:
                return NoSuchPlugin();
        }
    }

    private static async Task<Results<Ok<CheckResult>, ProblemHttpResult>> CheckAsync(HttpContext http, string id, ConfigRequest? wanted, PluginFleet fleet, AuditLog audit)
    {
        if (await fleet.GetConfigAsync(id, http.RequestAborted) is not { } current) return NoSuchPlugin();
        if (wanted?.Dial is { } dial) await audit.RecordAsync(http, AuditAction.PluginDialled, id, $"{dial}");
        return TypedResults.Ok(await fleet.CheckAsync(id, wanted?.Over(current, http.Caller().KeyId), new CheckRequest(wanted?.Dial), http.RequestAborted));
    }

    private static async Task<Results<Ok<PluginView>, ProblemHttpResult>> RestartAsync(HttpContext http, string id, PluginFleet fleet, AuditLog audit)
    {
        if (fleet.Describe(id) is null) return NoSuchPlugin();
        if (!fleet.Restart(id)) return Problems.Of(ProblemKind.Conflict, "It is not enabled.");
        await audit.RecordAsync(http, AuditAction.PluginRestarted, id);
        return TypedResults.Ok(fleet.Describe(id)!);
    }

    private static ProblemHttpResult NoSuchPlugin() => Problems.Of(ProblemKind.NotFound, "There is no such plugin.");

    /// <summary>What the settings are to be; what is left out stays as it is.</summary>
    internal sealed record ConfigRequest
    {
        public bool? Enabled { get; init; }

        /// <summary>All settings, as the manifest's schema has them.</summary>
        public JsonObject? Settings { get; init; }

        /// <summary>What the operator lets it take at a time.</summary>
        public BackendLimits? Limits { get; init; }

        /// <summary>The revision that was read; another one's change since then is a conflict. Left out, the newest is changed.</summary>
        public long? Revision { get; init; }

        /// <summary>For a check: a number that may be called for it.</summary>
        public PhoneNumber? Dial { get; init; }

        public PluginConfigChange Over(PluginConfig current, string keyId) => new(
            Enabled ?? current.Enabled, Settings ?? current.Settings, Limits ?? current.Limits, Revision ?? current.Revision, keyId);
    }
}
