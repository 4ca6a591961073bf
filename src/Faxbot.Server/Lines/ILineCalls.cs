using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Server.Lines;

/// <summary>Voice calls as plugins ask the gateway's lines for them.</summary>
internal interface ILineCalls
{
    /// <summary>Places the call of an open attempt of that plugin; its end reaches the attempt by itself.</summary>
    /// <exception cref="FaxRejectedException">It was not placed.</exception>
    Task PlaceAsync(string pluginId, TrunkProfile trunk, CallRequest call, CancellationToken cancel);

    CallStatus Status(string pluginId, string attemptId);

    /// <summary>Ends the call in order; false when there is none.</summary>
    bool Cancel(string pluginId, string attemptId);
}
