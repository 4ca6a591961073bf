namespace Faxbot.Server.Jobs;

/// <summary>Whose events are asked for: those that pass one of the three.</summary>
internal sealed record EventFilter
{
    /// <summary>Those of all faxes of a key; empty of all keys, null of none.</summary>
    public string? FaxesOf { get; init; }

    /// <summary>Those of all items of a key that are of <see cref="Kinds"/>; empty of all keys.</summary>
    public string ItemsOf { get; init; } = "";

    /// <summary>The kinds of items, by their words.</summary>
    public IReadOnlyCollection<string> Kinds { get; init; } = [];

    /// <summary>Those of received messages.</summary>
    public bool Received { get; init; }

    /// <summary>Those of one fax, item or message alone; it goes before all else.</summary>
    public EventSubject? Only { get; init; }
}
