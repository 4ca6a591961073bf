using Faxbot.Lines.Outcomes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Tests.Outcomes;

/// <summary>What a trunk's own rules make of its answers.</summary>
public sealed class TrunkFailureRuleTests
{
    private static readonly TrunkFailureRule[] Rules =
    [
        new() { Status = 403, Header = "X-Reason", Contains = "balance", Class = OutcomeClass.Rejected, Sentence = "No money.", Next = "Pay." },
        new() { Status = 403, Header = "X-Throttled", Class = OutcomeClass.Congestion },
        new() { Status = 480, Contains = "no route", Class = OutcomeClass.Dead, Party = OutcomeParty.Number },
        new() { Status = 404, Contains = "D1", Class = OutcomeClass.Rejected },
        new() { Status = 503, Class = OutcomeClass.Busy, Party = OutcomeParty.Number },
    ];

    [Theory]
    [InlineData(403, "Forbidden", "X-Reason: Low BALANCE", OutcomeClass.Rejected, OutcomeParty.Trunk, "No money.")]
    [InlineData(403, "Forbidden", "X-Throttled: 1", OutcomeClass.Congestion, OutcomeParty.Trunk, "The trunk refused the call: 403 Forbidden.")]
    [InlineData(403, "Forbidden", "X-Reason: other", OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk forbids this call.")]
    [InlineData(480, "No Route Found", null, OutcomeClass.Dead, OutcomeParty.Number, "The trunk refused the call: 480 No Route Found.")]
    [InlineData(404, "Not Found D19, D1", null, OutcomeClass.Rejected, OutcomeParty.Trunk, "The trunk refused the call: 404 Not Found D19, D1.")]
    [InlineData(404, "Not Found D19", null, OutcomeClass.Dead, OutcomeParty.Number, "The number does not exist or has moved.")]
    [InlineData(480, "Unavailable", null, OutcomeClass.NoAnswer, OutcomeParty.Number, "Nobody answered.")]
    [InlineData(503, "Anything", null, OutcomeClass.Busy, OutcomeParty.Number, "The trunk refused the call: 503 Anything.")]
    [InlineData(486, "Busy Here", null, OutcomeClass.Busy, OutcomeParty.Number, "The number is busy.")]
    public void The_first_rule_that_fits_holds(int status, string phrase, string? header, OutcomeClass kind, OutcomeParty party, string sentence)
    {
        var text = $"SIP/2.0 {status} {phrase}\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\n"
            + $"To: <sip:b@example.com>;tag=2\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\n{(header is null ? "" : header + "\r\n")}Content-Length: 0\r\n\r\n";
        Assert.Equal(SipParseError.None, SipMessage.TryParse(System.Text.Encoding.ASCII.GetBytes(text), SipLimits.Default, out var message));

        var outcome = SipOutcomes.NotAnswered(new SipFailure(SipFailureOrigin.Response, status, phrase) { Response = (SipResponse)message! }, Rules);

        Assert.Equal((kind, party, sentence, status), (outcome.Class, outcome.Party, outcome.Sentence, outcome.SipStatus));
    }

    [Fact]
    public void Silence_is_no_answer_that_a_rule_could_mean() =>
        Assert.Equal(OutcomeClass.Congestion, SipOutcomes.NotAnswered(new SipFailure(SipFailureOrigin.Transport, 503, "x"), Rules).Class);
}
