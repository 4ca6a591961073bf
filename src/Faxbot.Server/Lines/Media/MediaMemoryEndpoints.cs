using Faxbot.Sdk.Numbers;
using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Lines.Media;

/// <summary><c>/media-memory</c>: what calls have shown to work for a number.</summary>
internal static class MediaMemoryEndpoints
{
    private const int Most = 500;

    public static void MapMediaMemory(this IEndpointRouteBuilder endpoints)
    {
        var memory = endpoints.MapGroup("/media-memory").WithTags("Media memory").RequireScope(Scopes.PluginsManage);
        memory.MapGet("", ListAsync).WithSummary("What worked on calls, by number, trunk and direction; newest first, up to 500");
        memory.MapDelete("/{number}", ForgetAsync).WithSummary("Forget a number: its next call begins afresh").ProducesProblem(404);
    }

    private static async Task<Ok<IReadOnlyList<MediaMemoryView>>> ListAsync(HttpContext http, MediaMemory memory, string? number = null) =>
        TypedResults.Ok<IReadOnlyList<MediaMemoryView>>(
            [.. (await memory.ListAsync(number is null ? null : new PhoneNumber(number), Most, http.RequestAborted)).Select(MediaMemoryView.Of)]);

    private static async Task<Results<NoContent, ProblemHttpResult>> ForgetAsync(HttpContext http, string number, MediaMemory memory, AuditLog audit)
    {
        if (await memory.ForgetAsync(new PhoneNumber(number), http.RequestAborted) == 0) return Problems.Of(ProblemKind.NotFound, "Nothing is known of that number.");
        await audit.RecordAsync(http, AuditAction.MediaForgotten, new PhoneNumber(number).ToString());
        return TypedResults.NoContent();
    }

    /// <summary>What is known of a number.</summary>
    internal sealed record MediaMemoryView
    {
        public required PhoneNumber Number { get; init; }

        /// <summary>The plugin whose trunk it was.</summary>
        public required string Trunk { get; init; }

        /// <summary>Whether we call the number, or it calls.</summary>
        public required MediaDirection Direction { get; init; }

        /// <summary>Who brought the last call to T.38.</summary>
        public MediaSwitch? SwitchedBy { get; init; }

        /// <summary>Whether T.38 in the first offer was refused.</summary>
        public required bool FirstOfferRefused { get; init; }

        /// <summary>Whether error correction is used.</summary>
        public bool? Ecm { get; init; }

        /// <summary>The rate that works, bits per second.</summary>
        public int? BitRate { get; init; }

        /// <summary>Good calls in a row at that rate; after three the next one tries the rate above, and error correction again.</summary>
        public required int GoodCalls { get; init; }

        public required DateTimeOffset LearnedAt { get; init; }

        /// <summary>When it is forgotten unless a call confirms it.</summary>
        public required DateTimeOffset ExpiresAt { get; init; }

        public static MediaMemoryView Of(MediaMemoryRow row) => new()
        {
            Number = row.Party.Number,
            Trunk = row.Party.Trunk,
            Direction = row.Party.Direction,
            SwitchedBy = row.Known.SwitchedBy,
            FirstOfferRefused = row.Known.FirstOfferRefused,
            Ecm = row.Known.Ecm,
            BitRate = row.Known.BitRate,
            GoodCalls = row.Known.GoodCalls,
            LearnedAt = row.LearnedAt,
            ExpiresAt = row.ExpiresAt,
        };
    }
}
