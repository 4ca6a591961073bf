using Faxbot.Sdk.Calls;

namespace Faxbot.Sdk.Plugins;

/// <summary>A plugin that calls people and plays a recording: category <c>voice</c>.</summary>
public abstract class VoicePlugin : Plugin
{
    /// <summary>Capability <c>place_call</c>: hands one call over; called once for each <see cref="CallRequest.AttemptId"/>.</summary>
    /// <exception cref="Faxes.FaxRejectedException">It was surely not placed. Any other exception leaves that open.</exception>
    public virtual Task<CallResult> PlaceCallAsync(CallRequest call, CancellationToken cancel) => throw NotImplemented("place_call");

    /// <summary>Capability <c>get_call_status</c>: what is known now.</summary>
    public virtual Task<CallStatus> GetCallStatusAsync(CallReference call, CancellationToken cancel) => throw NotImplemented("get_call_status");

    /// <summary>Capability <c>cancel_call</c>: ends it in order, whether it rings or is answered; whether the wish was taken.</summary>
    public virtual Task<bool> CancelCallAsync(CallReference call, CancellationToken cancel) => throw NotImplemented("cancel_call");
}
