using System.Globalization;
using System.Net;
using Faxbot.Sip.Auth;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;
using Faxbot.Testing.Sipp;
using static Faxbot.Interop.Tests.Sip.SippScenario.Body;

namespace Faxbot.Interop.Tests.Sip;

/// <summary>sipp calls to the letter of a scenario, we answer.</summary>
public class SippCallsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly IPEndPoint Media = new(IPAddress.Loopback, 0);

    private static SippScenario Invite => new SippScenario().SendAsCaller("INVITE", 1, Audio, isWithin: false);

    [Fact]
    public async Task A_call_rings_is_answered_and_hung_up_by_sipp()
    {
        await using var shell = new SipShell { Script = RingAndAnswer };
        await using var sipp = await StartAsync(shell, Invite.ReceiveResponse(100, optional: true)
            .ReceiveResponse(180, requires: "Contact: ").ReceiveResponse(200, requires: "m=audio 40000").SendAsCaller("ACK", 1)
            .SendAsCaller("BYE", 2).ReceiveResponse(200));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Incoming>();
        Assert.False((await shell.NextAsync<SipCallEvent.Acknowledged>()).IsReinvite);
        Assert.Equal(SipEndCause.Remote, (await shell.NextAsync<SipCallEvent.Ended>()).Cause);
    }

    [Fact]
    public async Task Two_hundred_calls_at_a_hundred_a_second_all_succeed()
    {
        await using var shell = new SipShell { Script = RingAndAnswer };
        await using var sipp = await StartAsync(
            shell,
            Invite.ReceiveResponse(100, optional: true).ReceiveResponse(180, optional: true).ReceiveResponse(200).SendAsCaller("ACK", 1)
                .SendAsCaller("BYE", 2).ReceiveResponse(200),
            new SippOptions { Calls = 200, More = ["-r", "100"] });

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    [Fact]
    public async Task A_200_is_repeated_while_the_ACK_is_lost()
    {
        var acks = 0;
        await using var shell = new SipShell
        {
            Script = RingAndAnswer,
            IsLost = message => message is SipRequest { Method: var method } && method == SipMethod.Ack && acks++ < 2,
        };
        await using var sipp = await StartAsync(shell, Invite.ReceiveResponse(100, optional: true).ReceiveResponse(180)
            .ReceiveResponse(200).SendAsCaller("ACK", 1).Pause(3000)
            .SendAsCaller("BYE", 2).ReceiveResponse(200));

        // sipp repeats its ACK for each repeated 200 by itself.
        var result = (await sipp.ResultAsync(Limit)).EnsureSuccess();
        Assert.Equal(3, result.Messages.Split("SIP/2.0 200 OK").Skip(1).Count(message => message.Contains("CSeq: 1 INVITE", StringComparison.Ordinal)));
        await shell.NextAsync<SipCallEvent.Incoming>();
        await shell.NextAsync<SipCallEvent.Acknowledged>();
        await shell.NextAsync<SipCallEvent.Ended>();
    }

    [Fact]
    public async Task A_cancelled_call_gets_487()
    {
        await using var shell = new SipShell { Script = (happened, now) => (happened as SipCallEvent.Incoming)?.Call.Ring(now) };
        await using var sipp = await StartAsync(shell, Invite.ReceiveResponse(100, optional: true).ReceiveResponse(180)
            .SendAsCaller("CANCEL", 1, isWithin: false, newBranch: false).ReceiveResponse(200)
            .ReceiveResponse(487).SendAsCaller("ACK", 1, newBranch: false));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Incoming>();
        await shell.NextAsync<SipCallEvent.Cancelled>();
    }

    [Fact]
    public async Task A_refused_call_gets_our_status_and_the_ACK_ends_it()
    {
        await using var shell = new SipShell { Script = (happened, now) => (happened as SipCallEvent.Incoming)?.Call.Reject(486, now) };
        await using var sipp = await StartAsync(
            shell, Invite.ReceiveResponse(100, optional: true).ReceiveResponse(486).SendAsCaller("ACK", 1, newBranch: false).Pause(3000));

        // Four without the ACK; a second one may be underway when a busy machine sends it late.
        var result = (await sipp.ResultAsync(Limit)).EnsureSuccess();
        Assert.InRange(result.Messages.Split("SIP/2.0 486").Length - 1, 1, 2);
    }

    [Fact]
    public async Task The_caller_switches_to_T38_and_back_comes_our_answer()
    {
        await using var shell = new SipShell { Script = RingAndAnswer };
        await using var sipp = await StartAsync(shell, Invite.ReceiveResponse(100, optional: true).ReceiveResponse(180)
            .ReceiveResponse(200).SendAsCaller("ACK", 1)
            .SendAsCaller("INVITE", 2, Image).ReceiveResponse(100, optional: true)
            .ReceiveResponse(200, requires: "m=image 40002 udptl t38").SendAsCaller("ACK", 2)
            .SendAsCaller("BYE", 3).ReceiveResponse(200));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    [Fact]
    public async Task We_switch_to_T38_as_soon_as_the_ACK_is_here()
    {
        await using var shell = new SipShell
        {
            Script = (happened, now) =>
            {
                RingAndAnswer(happened, now);
                if (happened is SipCallEvent.Acknowledged { IsReinvite: false } acknowledged)
                {
                    acknowledged.Call.Reinvite(Descriptions.Fax(Media), now);
                }
            },
        };
        await using var sipp = await StartAsync(shell, Invite.ReceiveResponse(100, optional: true).ReceiveResponse(180)
            .ReceiveResponse(200).SendAsCaller("ACK", 1)
            .ReceiveRequest("INVITE", "m=image 40002 udptl t38").RespondWithin("200 OK", Image).ReceiveRequest("ACK")
            .SendAsCaller("BYE", 2).ReceiveResponse(200));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
        await shell.NextAsync<SipCallEvent.Incoming>();
        await shell.NextAsync<SipCallEvent.Acknowledged>();
        Assert.Contains("m=image", (await shell.NextAsync<SipCallEvent.ReinviteAnswered>()).Body!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_challenge_is_answered_by_sipp_and_the_digest_proves_the_password()
    {
        var challenge = new DigestChallenge("faxbot", "f00d") { Qop = DigestQop.Auth, NamesAlgorithm = true };
        await using var shell = new SipShell
        {
            Script = (happened, now) =>
            {
                if (happened is SipCallEvent.Incoming incoming && !Proves(incoming.Request))
                {
                    incoming.Call.Challenge(challenge, now);
                }
                else
                {
                    RingAndAnswer(happened, now);
                }
            },
        };
        await using var sipp = await StartAsync(
            shell,
            Invite.ReceiveResponse(100, optional: true).ReceiveResponse(401, attributes: "auth=\"true\"").SendAsCaller("ACK", 1, newBranch: false)
                .SendAsCaller("INVITE", 2, Audio, "[authentication username=user password=secret]", isWithin: false)
                .ReceiveResponse(100, optional: true).ReceiveResponse(180).ReceiveResponse(200).SendAsCaller("ACK", 2)
                .SendAsCaller("BYE", 3).ReceiveResponse(200));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    [Theory]
    [InlineData("BYE", 481)]
    [InlineData("REGISTER", 405)]
    [InlineData("OPTIONS", 200)]
    public async Task A_request_out_of_the_blue_gets_its_due(string method, int status)
    {
        await using var shell = new SipShell();
        await using var sipp = await StartAsync(
            shell, new SippScenario().SendAsCaller(method, 1, isWithin: false).ReceiveResponse(status, requires: status == 481 ? null : "Allow: INVITE"));

        (await sipp.ResultAsync(Limit)).EnsureSuccess();
    }

    private static bool Proves(SipRequest request) =>
        request.Headers.Authorization is [var credentials] && credentials.IsProofOf("secret", request.Method, request.Body.Span);

    private static Task<SippPeer> StartAsync(SipShell shell, SippScenario scenario, SippOptions? options = null) =>
        SippPeer.StartAsync(
            scenario.ToString(),
            (options ?? new SippOptions()) with { Remote = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{shell.EndPoint.Port}") });

    private static void RingAndAnswer(SipCallEvent happened, TimeSpan now)
    {
        switch (happened)
        {
            case SipCallEvent.Incoming incoming:
                incoming.Call.Ring(now);
                incoming.Call.Answer(Descriptions.Audio(Media), now);
                break;
            case SipCallEvent.Offered offered:
                offered.Call.AnswerReinvite(Descriptions.Fax(Media), now);
                break;
        }
    }
}
