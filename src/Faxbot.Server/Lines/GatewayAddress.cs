namespace Faxbot.Server.Lines;

/// <summary>How providers reach the gateway.</summary>
/// <param name="Public">Its address; null where there is none.</param>
internal sealed record GatewayAddress(Uri? Public);
