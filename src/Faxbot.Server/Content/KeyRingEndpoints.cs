using Faxbot.Server.Api;
using Faxbot.Server.Audit;
using Faxbot.Server.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Faxbot.Server.Content;

/// <summary><c>/admin/key-ring</c>: the keys that contents and secrets are sealed with. The keys themselves never leave their file.</summary>
internal static class KeyRingEndpoints
{
    public static void MapKeyRing(this IEndpointRouteBuilder routes) => routes
        .MapGroup("/admin/key-ring").WithTags("Administration").RequireScope(Scopes.KeysManage)
        .MapPost("/rotate", RotateAsync).WithSummary("Add a key to the ring, which seals from now on").ProducesProblem(409);

    private static async Task<Results<Ok<RingKeyView>, ProblemHttpResult>> RotateAsync(HttpContext http, KeyRing ring, AuditLog audit)
    {
        RingKey key;
        try
        {
            key = ring.Rotate();
        }
        catch (KeyRingException unchanged)
        {
            return Problems.Of(ProblemKind.Conflict, unchanged.Message);
        }

        await audit.RecordAsync(http, AuditAction.KeyRingRotated, key.Name);
        return TypedResults.Ok(new RingKeyView(key.Name, key.CreatedAt));
    }

    /// <summary>A key of the ring, as anybody may see it.</summary>
    /// <param name="Id">Sixteen hexadecimal digits.</param>
    /// <param name="CreatedAt">When it was added.</param>
    internal sealed record RingKeyView(string Id, DateTimeOffset CreatedAt);
}
