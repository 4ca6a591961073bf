using Faxbot.Server.Api;
using Faxbot.Server.Jobs;
using Faxbot.Server.Outbox;
using Microsoft.AspNetCore.Mvc;

namespace Faxbot.Server.Messages;

/// <summary>Which messages a list is to have.</summary>
internal sealed record MessageFilter
{
    /// <summary><c>outbound</c> or <c>inbound</c>; both when nothing is said.</summary>
    public string? Direction { get; init; }

    /// <summary>A state, or <c>received</c>.</summary>
    public string? State { get; init; }

    /// <summary>The plugin that carries or received them.</summary>
    public string? Backend { get; init; }

    /// <summary>The number of either side.</summary>
    public string? Number { get; init; }

    /// <summary>The number that sent.</summary>
    [FromQuery(Name = "from_number")]
    public string? FromNumber { get; init; }

    /// <summary>The number that received.</summary>
    [FromQuery(Name = "to_number")]
    public string? ToNumber { get; init; }

    /// <summary>Accepted or received at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Accepted or received before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those before the message with this id: so the page is turned.</summary>
    public string? Before { get; init; }

    /// <summary>How many; 50 when nothing is said.</summary>
    public int? Limit { get; init; }

    /// <exception cref="ProblemException">A value is wrong.</exception>
    public MessageQuery ToQuery(string? keyId)
    {
        var errors = new FieldErrors();
        OutboxState[]? states = null;
        if (State is not (null or MessageView.Received))
        {
            states = [.. Enum.GetValues<OutboxState>().Where(state => Words<OutboxState>.Of(state) == State)];
            if (states.Length == 0) errors.Add("state", "No message has that state.");
        }

        if (Direction is not (null or "outbound" or "inbound")) errors.Add("direction", "outbound or inbound.");
        if (Limit is < 1 or > HttpLimits.ListedRows) errors.Add("limit", $"From 1 to {HttpLimits.ListedRows}.");
        errors.ThrowIfAny();
        var query = new OutboxQuery
        {
            Kind = MessageKind.Message,
            KeyId = keyId,
            States = states,
            PluginId = Backend,
            Number = Number,
            From = FromNumber,
            To = ToNumber,
            CreatedFrom = From,
            CreatedUntil = Until,
            Before = Before,
            Limit = Limit ?? 50,
        };
        return new MessageQuery(query, Direction != "inbound" && State != MessageView.Received, Direction != "outbound" && states is null);
    }
}

/// <summary>Which messages are asked for.</summary>
/// <param name="Items">What those that go out must be like; those that came in, as far as they have it.</param>
/// <param name="Outbound">Whether those that go out are asked for.</param>
/// <param name="Inbound">Whether those that came in are.</param>
internal sealed record MessageQuery(OutboxQuery Items, bool Outbound, bool Inbound);
