using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Jobs;

/// <summary><c>/routes</c>: which plugin carries faxes to which numbers.</summary>
internal static class RouteEndpoints
{
    private const int LongestPrefix = 20;
    private const int LongestId = 100;

    public static void MapRoutes(this IEndpointRouteBuilder endpoints)
    {
        var routes = endpoints.MapGroup("/routes").WithTags("Routes").RequireScope(Scopes.PluginsManage);
        routes.MapGet("", ListAsync).WithSummary("All routes");
        routes.MapPost("", AddAsync).WithSummary("Add a route").ProducesProblem(400);
        routes.MapGet("/{id}", FindAsync).WithSummary("A route").ProducesProblem(404);
        routes.MapPut("/{id}", ChangeAsync).WithSummary("Replace what a route says").ProducesProblem(400).ProducesProblem(404);
        routes.MapDelete("/{id}", DeleteAsync).WithSummary("Delete a route").ProducesProblem(404);
    }

    private static async Task<Ok<IReadOnlyList<RouteView>>> ListAsync(HttpContext http, RouteStore routes) =>
        TypedResults.Ok<IReadOnlyList<RouteView>>([.. (await routes.ListAsync(http.RequestAborted)).Select(RouteView.Of)]);

    private static async Task<Results<Ok<RouteView>, ProblemHttpResult>> FindAsync(HttpContext http, string id, RouteStore routes) =>
        (await routes.ListAsync(http.RequestAborted)).FirstOrDefault(route => route.Id == id) is { } route ? TypedResults.Ok(RouteView.Of(route)) : NoSuchRoute();

    private static async Task<Created<RouteView>> AddAsync(HttpContext http, RouteRequest request, RouteStore routes, AuditLog audit)
    {
        var route = await routes.AddAsync(request.ToRule(), http.RequestAborted);
        await audit.RecordAsync(http, AuditAction.RouteCreated, route.Id);
        return TypedResults.Created($"/routes/{route.Id}", RouteView.Of(route));
    }

    private static async Task<Results<Ok<RouteView>, ProblemHttpResult>> ChangeAsync(HttpContext http, string id, RouteRequest request, RouteStore routes, AuditLog audit)
    {
        if (!await routes.ChangeAsync(id, request.ToRule(), http.RequestAborted)) return NoSuchRoute();
        await audit.RecordAsync(http, AuditAction.RouteChanged, id);
        return await FindAsync(http, id, routes);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext http, string id, RouteStore routes, AuditLog audit)
    {
        if (!await routes.DeleteAsync(id, http.RequestAborted)) return NoSuchRoute();
        await audit.RecordAsync(http, AuditAction.RouteDeleted, id);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NoSuchRoute() => Problems.Of(ProblemKind.NotFound, "There is no such route.");

    /// <summary>What a route is to say.</summary>
    internal sealed record RouteRequest
    {
        /// <summary>How the numbers begin; empty takes all.</summary>
        public string? Prefix { get; init; }

        /// <summary>The plugin that carries them; it need not be enabled yet.</summary>
        public string? PluginId { get; init; }

        /// <summary>The lowest that is ready is taken.</summary>
        public int Rank { get; init; }

        /// <summary>Decides among equal ranks: the lowest is taken.</summary>
        public int Cost { get; init; }

        public bool Enabled { get; init; } = true;

        /// <exception cref="ProblemException">A field is wrong.</exception>
        public RouteRule ToRule()
        {
            var errors = new FieldErrors();
            var prefix = Prefix ?? "";
            if (prefix.Length > LongestPrefix || prefix.Where((letter, at) => !char.IsAsciiDigit(letter) && (letter != '+' || at > 0)).Any())
                errors.Add("prefix", "A plus sign and digits, such as +1212, or digits; empty for all numbers.");
            if (PluginId is not { Length: > 0 and <= LongestId }) errors.Add("plugin_id", "The id of a plugin.");
            if (Cost < 0) errors.Add("cost", "0 or more.");
            errors.ThrowIfAny();
            return new RouteRule(prefix, PluginId!, Rank) { Cost = Cost, Enabled = Enabled };
        }
    }

    /// <summary>A route as the API shows it.</summary>
    internal sealed record RouteView(string Id, string Prefix, string PluginId, int Rank, int Cost, bool Enabled, DateTimeOffset CreatedAt)
    {
        public static RouteView Of(Route route) =>
            new(route.Id, route.Rule.Prefix, route.Rule.PluginId, route.Rule.Rank, route.Rule.Cost, route.Rule.Enabled, route.CreatedAt);
    }
}
