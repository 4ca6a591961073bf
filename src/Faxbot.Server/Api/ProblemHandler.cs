using System.Data.Common;
using System.Text.Json;
using Faxbot.Server.Content;
using Faxbot.Server.Plugins;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Faxbot.Server.Api;

/// <summary>The edge: turns whatever left an endpoint into a problem document. Nothing internal leaves it.</summary>
internal sealed partial class ProblemHandler(ILogger<ProblemHandler> log) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        if (Expected(exception) is not { } problem)
        {
            RequestFailed(exception, httpContext.Request.Method, Route(httpContext));
            problem = Problems.Of(ProblemKind.Internal, "The gateway failed; its log says why.");
        }

        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "5";
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private ProblemHttpResult? Expected(Exception exception)
    {
        switch (exception)
        {
            case ProblemException known:
                return Problems.Of(known.Kind, known.Message, known.Errors);
            case BadHttpRequestException unreadable:
                return Problems.Of(Problems.OfStatus(unreadable.StatusCode), Sentence(unreadable));
            case ContentMissingException:
                return Problems.Of(ProblemKind.NotFound, "The document is not kept any more.");
            case PluginFailureException failure:
                return Problems.Of(ProblemKind.PluginFailed, failure.Message);
            case { } full when StorageFullException.IsSaidBy(full):
                NoRoom(full);
                return Problems.Of(ProblemKind.StorageFull, "The gateway has no room to store it. Nothing was accepted; send it again later.");
            case DbException lost when lost.IsTransient || lost is NpgsqlException and not PostgresException:
                DatabaseLost(lost);
                return Problems.Of(ProblemKind.Unavailable, "The gateway cannot reach its database. Send it again later.");
            default:
                return null;
        }
    }

    // The framework's own sentences name types of ours.
    private static string Sentence(BadHttpRequestException unreadable) => (unreadable.StatusCode, unreadable.InnerException) switch
    {
        (StatusCodes.Status413PayloadTooLarge, _) => "The request is larger than this gateway takes.",
        (StatusCodes.Status408RequestTimeout, _) => "The request came too slowly.",
        (StatusCodes.Status415UnsupportedMediaType, _) => "Send the body as application/json.",
        (_, JsonException json) => $"The body is not the JSON that is expected here; look at {json.Path ?? "its beginning"}.",
        _ => "The request cannot be read: a parameter or the body has the wrong form.",
    };

    private static string Route(HttpContext http) => (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "?";

    [LoggerMessage(1300, LogLevel.Error, "{Method} {Route} failed")]
    private partial void RequestFailed(Exception exception, string method, string route);

    [LoggerMessage(1301, LogLevel.Error, "There is no room on the disk: nothing can be accepted until there is")]
    private partial void NoRoom(Exception exception);

    [LoggerMessage(1302, LogLevel.Error, "The database cannot be reached")]
    private partial void DatabaseLost(Exception exception);
}
