using Faxbot.Interop.Tests.Sip;
using static Faxbot.Interop.Tests.Sip.SippScenario;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>What calls of a line have in common, in sipp's steps.</summary>
internal static class SippScenarioExtensions
{
    /// <summary>Of a description: a live line.</summary>
    public const string LiveAudio = "m=audio [1-9]", LiveImage = "m=image [1-9]";

    /// <summary>sipp is called, rings, answers.</summary>
    public static SippScenario Answered(Body answer = Body.Audio) =>
        new SippScenario().Keeping().Respond("180 Ringing").Respond("200 OK", answer).ReceiveRequest("ACK");

    /// <summary>sipp calls and gets an answer, which is still to be acknowledged.</summary>
    public static SippScenario Calling(Body offer = Body.Audio, string live = LiveAudio) =>
        new SippScenario().SendAsCaller("INVITE", 1, offer, isWithin: false).GetsResponse(200, live);

    /// <summary>Our re-INVITE to T.38 is answered so, and the call hung up by us.</summary>
    public static SippScenario AnswersT38(this SippScenario scenario, string statusLine, Body answer = Body.None) =>
        scenario.ReceiveRequest("INVITE", LiveImage).RespondWithin(statusLine, answer).ReceiveRequest("ACK").IsHungUp();

    /// <summary>We hang up.</summary>
    public static SippScenario IsHungUp(this SippScenario scenario) => scenario.ReceiveRequest("BYE").RespondWithin("200 OK");

    /// <summary>sipp, which was called, asks for another description and gets one with that line.</summary>
    public static SippScenario AsksAsCallee(this SippScenario scenario, int sequence, Body offer, string live, Body inAck = Body.None) =>
        scenario.SendAsCallee("INVITE", sequence, offer).GetsResponse(200, live).SendAsCallee("ACK", sequence, inAck);

    /// <summary>sipp, which called, asks for another description and gets one with that line.</summary>
    public static SippScenario AsksAsCaller(this SippScenario scenario, int sequence, Body offer, string live) =>
        scenario.SendAsCaller("INVITE", sequence, offer).GetsResponse(200, live).SendAsCaller("ACK", sequence);

    /// <summary>sipp, which was called, hangs up.</summary>
    public static SippScenario HangsUpAsCallee(this SippScenario scenario, int sequence) =>
        scenario.SendAsCallee("BYE", sequence).ReceiveResponse(200);

    /// <summary>sipp, which called, hangs up.</summary>
    public static SippScenario HangsUpAsCaller(this SippScenario scenario, int sequence) =>
        scenario.SendAsCaller("BYE", sequence).ReceiveResponse(200);

    /// <summary>A final response, perhaps after provisional ones.</summary>
    public static SippScenario GetsResponse(this SippScenario scenario, int status, string? requires = null) =>
        scenario.ReceiveResponse(100, optional: true).ReceiveResponse(180, optional: true).ReceiveResponse(status, requires: requires);
}
