using System.Text.Json;
using Faxbot.Server.Api;
using Faxbot.Server.Configuration;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Admin;

/// <summary>
/// <c>/admin/settings</c> and <c>/admin/config</c>: what is configured, by key. The gateway reads its configuration at the start, and only from there: who has a
/// key must not be able to move its database or its network addresses.
/// </summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/admin").WithTags("Administration").RequireScope(Scopes.KeysManage);
        admin.MapGet("/settings", List).WithSummary("Each setting as it holds, and where it comes from; secrets are masked");
        admin.MapGet("/config", List).WithSummary("The same");
        admin.MapPut("/settings", Change).WithSummary("Confirm settings as they hold; a change belongs into the configuration, and is refused here")
            .ProducesProblem(400).ProducesProblem(409);
    }

    private static Ok<IReadOnlyDictionary<string, SettingView>> List(IReadOnlyList<EffectiveSetting> settings) =>
        TypedResults.Ok<IReadOnlyDictionary<string, SettingView>>(settings.ToDictionary(setting => setting.Key, setting => new SettingView(setting.Value, setting.Origin)));

    private static Results<Ok<IReadOnlyDictionary<string, SettingView>>, ProblemHttpResult> Change(
        IReadOnlyDictionary<string, JsonElement> wanted, IReadOnlyList<EffectiveSetting> settings)
    {
        var known = settings.ToDictionary(setting => setting.Key);
        var errors = new FieldErrors();
        foreach (var key in wanted.Keys.Where(key => !known.ContainsKey(key))) errors.Add(key, "There is no such setting.");
        errors.ThrowIfAny();
        var changed = wanted.Where(wish => Text(wish.Value) != known[wish.Key].Value).Select(wish => wish.Key).Order(StringComparer.Ordinal).ToArray();
        return changed.Length == 0
            ? List(settings)
            : Problems.Of(ProblemKind.Conflict, $"Set {string.Join(", ", changed)} in the configuration file or the environment, and restart the gateway: nothing was changed.");
    }

    // A setting may be given as this resource shows it, or as its value alone.
    private static string? Text(JsonElement wish) => wish.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => wish.TryGetProperty("value", out var value) ? Text(value) : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => wish.ToString(),
    };

    /// <summary>A setting as it holds.</summary>
    /// <param name="Value">Its text; left out when it is not set, stars when it is a secret.</param>
    /// <param name="Origin">Where it comes from.</param>
    internal sealed record SettingView(string? Value, SettingOrigin Origin);
}
