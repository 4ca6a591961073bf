using Faxbot.Sdk.Calls;
using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Lines;

/// <summary>What can carry a call: the gateway's own SIP and T.38, or an Asterisk. The plugin does not see which, unless it asks.</summary>
public interface IPluginLines
{
    /// <summary>
    /// A line over that trunk. From now on until the plugin stops, or connects another trunk, the trunk is kept registered where it needs that, and its
    /// calls come in; to a plugin of the category <c>messaging</c>, its text messages.
    /// </summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FaxRejectedException">No line can be had, or the profile is not valid.</exception>
    Task<IPluginLine> ConnectAsync(TrunkProfile trunk, CancellationToken cancel);

    /// <summary>
    /// Sends a text message over the trunk (SIP MESSAGE) and waits until the trunk took it or surely no answer comes: that may be a minute.
    /// Notices of its delivery and messages that come in reach the gateway by themselves while the trunk is connected.
    /// </summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="message">The message; a second one for its attempt is not sent, and ends as the first did.</param>
    /// <param name="cancel">Gives up before it leaves.</param>
    /// <returns>
    /// <see cref="MessageState.Sent"/> where the trunk took it, <see cref="MessageState.Accepted"/> where the line can tell no more than that it was handed
    /// over, <see cref="MessageState.Unknown"/> where no answer came. Its provider id is the id of the attempt.
    /// </returns>
    /// <exception cref="FaxRejectedException">It was surely not taken; the outcome says why.</exception>
    Task<MessageStatus> SendMessageAsync(TrunkProfile trunk, MessageRequest message, CancellationToken cancel);

    /// <summary>What the line knows of a message that was sent for an attempt.</summary>
    Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel);

    /// <summary>What is known of the call that was originated for an attempt.</summary>
    Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel);

    /// <summary>Ends the call of an attempt in order; false when there is none.</summary>
    Task<bool> CancelAsync(FaxReference fax, CancellationToken cancel);

    /// <summary>Places a voice call over that trunk, which plays the recording once it is answered; it is under way when this returns.</summary>
    /// <param name="trunk">The trunk.</param>
    /// <param name="call">Who is called, for which attempt, and what is played; a second call for the attempt is refused.</param>
    /// <param name="cancel">Gives up before the call is placed; later it is <see cref="CancelCallAsync"/>.</param>
    /// <exception cref="FaxRejectedException">It was not placed.</exception>
    Task PlaceCallAsync(TrunkProfile trunk, CallRequest call, CancellationToken cancel);

    /// <summary>What is known of the voice call of an attempt.</summary>
    Task<CallStatus> GetCallStatusAsync(CallReference call, CancellationToken cancel);

    /// <summary>Ends the voice call of an attempt in order; false when there is none.</summary>
    Task<bool> CancelCallAsync(CallReference call, CancellationToken cancel);

    /// <summary>Looks at the trunk step by step: its names, servers, registration, and, when a number is given, a call.</summary>
    Task<Plugins.CheckResult> CheckAsync(TrunkProfile trunk, Plugins.CheckRequest request, CancellationToken cancel);

    /// <summary>Whether the trunk can be used now, by what is known of its registration and servers; asks nobody.</summary>
    Task<Plugins.CheckResult> CheckHealthAsync(TrunkProfile trunk, CancellationToken cancel);
}

/// <summary>A line over one trunk.</summary>
public interface IPluginLine
{
    /// <summary>Places the call; it is on the disk as placed before the first packet leaves, and under way when this returns.</summary>
    /// <param name="to">Who is called.</param>
    /// <param name="tiff">The pages, from <see cref="IPluginDocuments.ToFaxTiffAsync"/>.</param>
    /// <param name="call">For which attempt, from whom and how.</param>
    /// <param name="cancel">Gives up before the call is placed; later it is <see cref="IPluginLines.CancelAsync"/>.</param>
    /// <exception cref="FaxRejectedException">It was not placed.</exception>
    Task<ILineCall> OriginateAsync(PhoneNumber to, DocumentHandle tiff, LineCallOptions call, CancellationToken cancel);
}

/// <summary>A call that was placed.</summary>
public interface ILineCall
{
    /// <summary>Its id: the provider id of the attempt.</summary>
    string Id { get; }
}

/// <summary>For which attempt a call is placed, from whom and how.</summary>
/// <param name="AttemptId">The attempt; a second call for it is refused.</param>
/// <param name="Fax">What the fax session is to be like.</param>
/// <param name="From">The caller number; null leaves it to the trunk profile.</param>
public sealed record LineCallOptions(string AttemptId, FaxOptions Fax, PhoneNumber? From = null);
