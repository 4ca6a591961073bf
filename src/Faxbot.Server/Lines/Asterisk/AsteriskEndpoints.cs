using Faxbot.Lines;
using Faxbot.Lines.Asterisk.Checks;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Configuration;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Lines.Asterisk;

/// <summary><c>/asterisk</c>: what an Asterisk has to be told so that trunks go over it, and whether it was.</summary>
internal static class AsteriskEndpoints
{
    private static readonly IReadOnlyList<string> NextSteps =
    [
        "Bring the files into Asterisk's configuration folder, where Asterisk may read them and others may not: they hold secrets.",
        "Add the lines to the ends of Asterisk's own files.",
        "Reload Asterisk: core reload.",
        "See whether all is well: faxbot asterisk check.",
    ];

    public static void MapAsterisk(this IEndpointRouteBuilder endpoints)
    {
        var asterisk = endpoints.MapGroup("/asterisk").WithTags("Asterisk").RequireScope(Scopes.PluginsConfigure);
        asterisk.MapPost("/config", ConfigureAsync).WithSummary("Write the files that make trunks in an Asterisk; the answer says where they lie").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        asterisk.MapPost("/check", CheckAsync).WithSummary("Look at the Asterisk servers step by step; calls nobody").ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<Results<Ok<AsteriskConfigView>, ProblemHttpResult>> ConfigureAsync(
        HttpContext http, AsteriskConfigRequest? request, AsteriskConfigFiles files, TrunkProfiles profiles, AuditLog audit)
    {
        if (Refusal(request?.Server, files.Servers) is { } refusal) return refusal;
        var server = request?.Server ?? files.Servers[0];
        var connected = profiles.All;
        var wanted = request?.Plugins is { Count: > 0 } named ? named.Distinct().ToArray() : [.. connected.Where(entry => entry.Value.Line == TrunkLine.Asterisk).Select(entry => entry.Key)];
        if (wanted.FirstOrDefault(id => !connected.ContainsKey(id)) is { } absent)
            return Problems.Of(ProblemKind.Conflict, $"The plugin {absent} has no trunk at the moment: it is not enabled, does not run, or is no SIP plugin.");
        if (wanted.Length == 0) return Problems.Of(ProblemKind.Conflict, "No trunk goes over Asterisk: choose line asterisk in the settings of a SIP plugin, or name the plugins.");
        // Of a fax plugin and one for messages over the same trunk, calls are the fax plugin's. Messages find theirs by themselves.
        var calls = profiles.Taking(TrunkTraffic.Calls).Select(one => one.PluginId).ToHashSet();
        var trunks = wanted.OrderByDescending(calls.Contains).ThenBy(id => id, StringComparer.Ordinal).Select(id => (id, connected[id]));
        var written = files.Write(server, [.. trunks], out var problems);
        if (problems.Count > 0) return Problems.Of(ProblemKind.Invalid, string.Join(' ', problems.Select(problem => $"{problem.Section}, {problem.Key}: {problem.Reason}")));
        await audit.RecordAsync(http, AuditAction.AsteriskConfigured, server, string.Join(", ", wanted));
        return TypedResults.Ok(new AsteriskConfigView(server, [.. wanted.Order(StringComparer.Ordinal)], written, NextSteps));
    }

    private static async Task<Results<Ok<CheckResult>, ProblemHttpResult>> CheckAsync(
        HttpContext http, AsteriskCheckRequest? request, AsteriskOptions options, TrunkProfiles profiles, TimeProvider time)
    {
        if (Refusal(request?.Server, [.. options.Servers.Select(server => server.Name!)]) is { } refusal) return refusal;
        try
        {
            var trunks = profiles.All.Where(entry => entry.Value.Line == TrunkLine.Asterisk).ToDictionary();
            var looks = AsteriskServers.Of(options).Where(server => request?.Server is null || server.Name == request.Server)
                .Select(server => AsteriskCheck.RunAsync(server, trunks, time, http.RequestAborted));
            return TypedResults.Ok(CheckResult.Of([.. (await Task.WhenAll(looks)).SelectMany(findings => findings)]));
        }
        catch (FaxRejectedException unreadable)
        {
            return Problems.Of(ProblemKind.Conflict, unreadable.Message);
        }
    }

    private static ProblemHttpResult? Refusal(string? server, IReadOnlyList<string> servers) =>
        servers.Count == 0 ? Problems.Of(ProblemKind.Conflict, "No Asterisk is configured: set asterisk.servers.")
        : server is not null && !servers.Contains(server) ? Problems.Of(ProblemKind.NotFound, $"There is no such server in asterisk.servers; there are {string.Join(", ", servers)}.")
        : null;

    /// <summary>For which server, and which trunks.</summary>
    internal sealed record AsteriskConfigRequest
    {
        /// <summary>The server; the first when left out.</summary>
        public string? Server { get; init; }

        /// <summary>The plugins whose trunks it is to have; when left out, all whose line it is.</summary>
        public IReadOnlyList<string>? Plugins { get; init; }
    }

    /// <summary>Which server is looked at.</summary>
    internal sealed record AsteriskCheckRequest
    {
        /// <summary>The server; all when left out.</summary>
        public string? Server { get; init; }
    }

    /// <summary>What was written. It holds no secret.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Plugins">The plugins whose trunks it has.</param>
    /// <param name="Files">The files.</param>
    /// <param name="Next">What is to be done with them.</param>
    internal sealed record AsteriskConfigView(string Server, IReadOnlyList<string> Plugins, IReadOnlyList<WrittenFile> Files, IReadOnlyList<string> Next);
}
