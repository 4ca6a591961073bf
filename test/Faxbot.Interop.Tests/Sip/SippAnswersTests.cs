using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Testing.Sipp;
using static Faxbot.Interop.Tests.Sip.SippScenario.Body;

namespace Faxbot.Interop.Tests.Sip;

/// <summary>We call, sipp answers to the letter of a scenario.</summary>
public class SippAnswersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task A_call_rings_is_answered_and_hung_up_by_us()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .ReceiveRequest("INVITE", "m=audio 40000")
            .Respond("180 Ringing").Respond("200 OK", Audio)
            .ReceiveRequest("ACK").ReceiveRequest("BYE", "Reason: Q.850;cause=16")
            .RespondWithin("200 OK").ToString());
        await using var shell = new SipShell();
        var call = shell.Call(shell.InviteTo(sipp.EndPoint));

        Assert.Equal(180, (await shell.NextAsync<SipCallEvent.Provisional>()).Response.Status);
        Assert.Contains("m=audio", (await shell.NextAsync<SipCallEvent.Answered>()).Body!.Text, StringComparison.Ordinal);
        shell.Do(now => call.HangUp(now, new SipReason("Q.850", 16, null)));
        Assert.Equal(SipEndCause.Local, (await shell.NextAsync<SipCallEvent.Ended>()).Cause);
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    [Theory]
    [InlineData("486 Busy Here", 17)]
    [InlineData("404 Not Found", 1)]
    [InlineData("503 Service Unavailable", 34)]
    [InlineData("603 Decline", 21)]
    public async Task A_refusal_is_acknowledged_and_told_with_its_cause(string statusLine, int cause)
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .ReceiveRequest("INVITE").Respond(statusLine, headers: $"Reason: Q.850;cause={cause}").ReceiveRequest("ACK").ToString());
        await using var shell = new SipShell();
        shell.Call(shell.InviteTo(sipp.EndPoint));

        var failure = (await shell.NextAsync<SipCallEvent.Failed>()).Failure;
        Assert.Equal((statusLine, cause), ($"{failure.Status} {failure.Phrase}", failure.Q850Cause));
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    [Fact]
    public async Task A_call_that_rings_is_cancelled()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .Keeping().Respond("180 Ringing")
            .ReceiveRequest("CANCEL").Respond("200 OK")
            .RespondToKept("487 Request Terminated").ReceiveRequest("ACK").ToString());
        await using var shell = new SipShell();
        var call = shell.Call(shell.InviteTo(sipp.EndPoint));
        await shell.NextAsync<SipCallEvent.Provisional>();
        shell.Do(now => call.HangUp(now));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Cancelled>();
    }

    [Fact]
    public async Task A_challenge_is_answered_so_that_sipp_accepts_the_digest()
    {
        await using var sipp = await SippPeer.StartAsync(Challenge("401 Unauthorized", "WWW-Authenticate")
            .ReceiveVerified("INVITE", "user", "secret")
            .Respond("200 OK", Audio).ReceiveRequest("ACK")
            .ReceiveRequest("BYE", "nc=00000002").RespondWithin("200 OK").ToString());
        await CallWithCredentialsAsync(sipp);
    }

    [Fact]
    public async Task A_challenge_of_a_proxy_is_answered_in_Proxy_Authorization()
    {
        // sipp's own check of a digest looks at Authorization only.
        await using var sipp = await SippPeer.StartAsync(Challenge("407 Proxy Authentication Required", "Proxy-Authenticate")
            .ReceiveRequest("INVITE", "Proxy-Authorization: Digest username=.user., realm=.trunk.example., .*response=.[0-9a-f]{32}")
            .Respond("200 OK", Audio).ReceiveRequest("ACK", "Proxy-Authorization: .*nc=00000001")
            .ReceiveRequest("BYE", "Proxy-Authorization: .*nc=00000002").RespondWithin("200 OK").ToString());
        await CallWithCredentialsAsync(sipp);
    }

    [Fact]
    public async Task The_route_that_was_recorded_is_in_ACK_and_BYE()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .ReceiveRequest("INVITE")
            .Respond("200 OK", Audio, "Record-Route: <sip:[local_ip]:[local_port];lr;first>\nRecord-Route: <sip:[local_ip]:[local_port];lr;second>")
            .ReceiveRequest("ACK", "Route: .*;lr;second.*Route: .*;lr;first")
            .ReceiveRequest("BYE", "Route: .*;lr;second.*Route: .*;lr;first").RespondWithin("200 OK").ToString());
        await using var shell = new SipShell();
        var call = shell.Call(shell.InviteTo(sipp.EndPoint));
        await shell.NextAsync<SipCallEvent.Answered>();
        shell.Do(now => call.HangUp(now));
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Ended>();
    }

    [Fact]
    public async Task A_lost_INVITE_a_lost_200_and_a_lost_ACK_are_made_good()
    {
        var losses = new HashSet<string>();
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .ReceiveRequest("INVITE").Respond("200 OK", Audio, repeats: true)
            .ReceiveRequest("ACK").ReceiveRequest("BYE").RespondWithin("200 OK").ToString());
        await using var shell = new SipShell
        {
            // Each kind of message is lost the first time; but the answer to BYE is sipp's last, which it does not repeat.
            IsLost = message =>
            {
                var isLost = message is SipRequest request ? losses.Add(request.Method.Name)
                    : message.CSeq.Method == SipMethod.Invite && losses.Add(message.StartLine);
                if (!isLost && message is SipRequest { Method: var method } && method == SipMethod.Ack)
                {
                    acknowledged.TrySetResult();
                }

                return isLost;
            },
        };
        var call = shell.Call(shell.InviteTo(sipp.EndPoint));
        await shell.NextAsync<SipCallEvent.Answered>();
        await acknowledged.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        shell.Do(now => call.HangUp(now));

        Assert.Equal(SipEndCause.Local, (await shell.NextAsync<SipCallEvent.Ended>()).Cause);
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        Assert.Superset(new HashSet<string> { "INVITE", "ACK", "BYE", "SIP/2.0 200 OK" }, losses);
    }

    [Fact]
    public async Task The_callee_switches_to_T38_and_hangs_up()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .Keeping().Respond("200 OK", Audio).ReceiveRequest("ACK")
            .SendAsCallee("INVITE", 1, Image).ReceiveResponse(100, optional: true)
            .ReceiveResponse(200, requires: "m=image 40002 udptl t38").SendAsCallee("ACK", 1)
            .SendAsCallee("BYE", 2).ReceiveResponse(200).ToString());
        await using var shell = new SipShell { Script = AnswerWithFax };
        shell.Call(shell.InviteTo(sipp.EndPoint));

        await shell.NextAsync<SipCallEvent.Answered>();
        Assert.Contains("m=image", (await shell.NextAsync<SipCallEvent.Offered>()).Body!.Text, StringComparison.Ordinal);
        Assert.True((await shell.NextAsync<SipCallEvent.Acknowledged>()).IsReinvite);
        Assert.Equal(SipEndCause.Remote, (await shell.NextAsync<SipCallEvent.Ended>()).Cause);
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    [Fact]
    public async Task We_switch_to_T38_and_sipp_refuses_with_488_but_the_call_stays()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .ReceiveRequest("INVITE").Respond("200 OK", Audio).ReceiveRequest("ACK")
            .ReceiveRequest("INVITE", "m=image 40002 udptl t38").RespondWithin("488 Not Acceptable Here").ReceiveRequest("ACK")
            .ReceiveRequest("INVITE", "m=image 40002 udptl t38").RespondWithin("200 OK", Image).ReceiveRequest("ACK")
            .ReceiveRequest("BYE").RespondWithin("200 OK").ToString());
        await using var shell = new SipShell();
        var call = shell.Call(shell.InviteTo(sipp.EndPoint));
        await shell.NextAsync<SipCallEvent.Answered>();
        shell.Do(now => call.Reinvite(Descriptions.Fax(shell.EndPoint), now));
        Assert.Equal(488, (await shell.NextAsync<SipCallEvent.ReinviteFailed>()).Failure.Status);
        shell.Do(now => call.Reinvite(Descriptions.Fax(shell.EndPoint), now));
        Assert.Contains("m=image", (await shell.NextAsync<SipCallEvent.ReinviteAnswered>()).Body!.Text, StringComparison.Ordinal);
        shell.Do(now => call.HangUp(now));
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Ended>();
    }

    [Fact]
    public async Task Both_sides_switch_at_once_and_the_glare_resolves()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario()
            .ReceiveRequest("INVITE").Respond("200 OK", Audio).ReceiveRequest("ACK")
            .ReceiveRequest("INVITE").RespondWithin("491 Request Pending").ReceiveRequest("ACK")
            .ReceiveRequest("INVITE").RespondWithin("200 OK", Image).ReceiveRequest("ACK")
            .ReceiveRequest("BYE").RespondWithin("200 OK").ToString());
        await using var shell = new SipShell();
        var call = shell.Call(shell.InviteTo(sipp.EndPoint));
        await shell.NextAsync<SipCallEvent.Answered>();
        shell.Do(now => call.Reinvite(Descriptions.Fax(shell.EndPoint), now));

        Assert.InRange((await shell.NextAsync<SipCallEvent.ReinviteDelayed>()).Delay.TotalSeconds, 2.1, 4.0);
        await shell.NextAsync<SipCallEvent.ReinviteAnswered>();
        shell.Do(now => call.HangUp(now));
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Ended>();
    }

    [Fact]
    public async Task OPTIONS_tells_that_sipp_is_alive()
    {
        await using var sipp = await SippPeer.StartAsync(new SippScenario().ReceiveRequest("OPTIONS", "Accept: application/sdp").Respond("200 OK").ToString());
        await using var shell = new SipShell();
        shell.Ping(sipp.EndPoint);

        Assert.Equal(200, (await shell.NextPingAsync()).Response!.Status);
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    private static SippScenario Challenge(string statusLine, string header) => new SippScenario()
        .ReceiveRequest("INVITE")
        .Respond(
            statusLine,
            headers: $"{header}: Digest realm=\"trunk.example\", nonce=\"47ebe028cda119c35d4877b383027d28da013815\", qop=\"auth\", algorithm=MD5")
        .ReceiveRequest("ACK");

    private static async Task CallWithCredentialsAsync(SippPeer sipp)
    {
        await using var shell = new SipShell();
        var call = shell.Call(shell.InviteTo(sipp.EndPoint) with { Credentials = new SipCredentials("user", "secret", "trunk.example") });
        await shell.NextAsync<SipCallEvent.Answered>();
        shell.Do(now => call.HangUp(now));
        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Ended>();
    }

    private static void AnswerWithFax(SipCallEvent happened, TimeSpan now)
    {
        if (happened is SipCallEvent.Offered offered)
        {
            offered.Call.AnswerReinvite(Descriptions.Fax(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0)), now);
        }
    }
}
