namespace Faxbot.Sip.Flowroute;

/// <summary>A list of JSON:API resources.</summary>
internal sealed record FlowrouteList(IReadOnlyList<FlowrouteResource> Data);

/// <summary>One of them.</summary>
internal sealed record FlowrouteResource(string Id);

/// <summary>Those of the settings that are not the trunk's.</summary>
internal sealed record FlowrouteSettings(string? AccessKey = null, string? SecretKey = null);
