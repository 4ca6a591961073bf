namespace Faxbot.Server.Configuration;

/// <summary>How much happens at once.</summary>
internal sealed record LimitOptions
{
    [Setting("The most documents that are drawn at once.", Min = 1, Max = 256)]
    public int MaxRenders { get; init; } = 2;

    [Setting("The most faxes that are under way at once.", Min = 1, Max = 10_000)]
    public int MaxFaxes { get; init; } = 200;

    [Setting("The most requests of one API key within a minute.", Min = 1, Max = 1_000_000)]
    public int RequestsPerMinute { get; init; } = 600;

    [Setting("The most requests within a minute from one address that shows no API key: webhooks of providers, documents by token.", Min = 1, Max = 1_000_000)]
    public int AnonymousRequestsPerMinute { get; init; } = 600;
}
