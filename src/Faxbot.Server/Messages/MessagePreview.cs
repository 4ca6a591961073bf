using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Server.Api;
using Faxbot.Server.Faxes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Outbox;
using Faxbot.Server.Plugins;

namespace Faxbot.Server.Messages;

/// <summary>What a text becomes on its way, and what it would cost over each route that can tell.</summary>
internal sealed class MessagePreview(MessageIntake intake, RouteStore routes, IPluginBackends backends, ApiOptions api)
{
    private const string PriceMessage = "price_message";

    /// <exception cref="ProblemException">The text cannot be sent.</exception>
    public async Task<PreviewedMessage> OfAsync(MessageSubmission submission, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        intake.CheckText(submission.Text, errors);
        PhoneNumber to = default;
        if (submission.To is not null && DialString.TryParse(submission.To, api.Country, out to) is { } wrong) errors.Add("to", wrong);
        errors.ThrowIfAny();
        var segments = MessageSegments.Of(submission.Text!);
        var prices = submission.To is null ? [] : await PricesAsync(submission, to, segments, cancel);
        return new PreviewedMessage(segments.Encoding, segments.Count, segments.Length, segments.Left, segments.Parts, prices);
    }

    private async Task<IReadOnlyList<RoutePrice>> PricesAsync(MessageSubmission submission, PhoneNumber to, MessageSegments segments, CancellationToken cancel)
    {
        var known = await routes.ListAsync(id => backends.MayBeOf(id, MessageKind.Messaging), cancel);
        var route = OutboxRoute.For(to.Value, submission.Plugin, new OutboxPlan(), known, backends.Of(MessageKind.Messaging));
        var query = new MessagePriceQuery
        {
            To = to,
            From = submission.From is { } from ? new PhoneNumber(from) : null,
            Segments = segments.Count,
            Encoding = segments.Encoding,
        };
        List<RoutePrice> prices = [];
        foreach (var backend in route.Backends) prices.Add(new RoutePrice(backend.Pin.PluginId, await PriceAsync(backend, query, cancel)));
        return prices;
    }

    private static async Task<Money?> PriceAsync(IPluginBackend backend, MessagePriceQuery query, CancellationToken cancel)
    {
        if (!backend.Manifest.Capabilities.Contains(PriceMessage)) return null;
        try
        {
            return (await backend.CallAsync<MessagePrice>(PriceMessage, new() { ["message"] = query }, cancel)).Total;
        }
        catch (PluginFailureException)
        {
            // A price that is not known now: the preview says so by leaving it out.
            return null;
        }
    }
}

/// <summary>What a text becomes on its way.</summary>
/// <param name="Encoding">How it is coded.</param>
/// <param name="Segments">Into how many short messages it is cut.</param>
/// <param name="Length">Septets, or UTF-16 units, of the whole.</param>
/// <param name="Left">How many more fit into the last segment.</param>
/// <param name="Parts">The segments.</param>
/// <param name="Prices">By route, in the order in which they are tried; only with <c>to</c>.</param>
internal sealed record PreviewedMessage(MessageEncoding Encoding, int Segments, int Length, int Left, IReadOnlyList<string> Parts, IReadOnlyList<RoutePrice> Prices);

/// <summary>What a message would cost over a route.</summary>
/// <param name="Plugin">The plugin that is ready for it.</param>
/// <param name="Total">All segments; left out when it cannot be told.</param>
internal sealed record RoutePrice(string Plugin, Money? Total);
