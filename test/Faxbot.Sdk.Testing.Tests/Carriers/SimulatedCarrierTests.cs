using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Testing.Carriers;
using Faxbot.Sdk.Testing.Harness;
using Faxbot.Sip.Trunk;
using Faxbot.Testing;

namespace Faxbot.Sdk.Testing.Tests.Carriers;

/// <summary>That a call which is written wrongly for a provider fails, with a sentence that says how.</summary>
public sealed class SimulatedCarrierTests
{
    private const string Good = """{ "host": "sip.carrier.example", "username": "acct", "password": "right-password", "caller_number": "+13105550127" }""";

    private static readonly CarrierRules Rules = new()
    {
        Account = new CarrierAccount("acct", "right-password", "carrier.example"),
        RequestUri = new AddressRule("+{e164}", "sip.carrier.example"),
        To = new AddressRule("+{e164}", "sip.carrier.example"),
        From = new AddressRule("+{e164}"),
    };

    [Fact]
    public async Task Takes_a_call_that_is_written_as_it_must_be()
    {
        var trial = await CallAsync(Rules, Good);

        Assert.Empty(trial.Violations);
        Assert.Equal((OutcomeClass.Success, 3), (trial.Outcome.Class, trial.Outcome.PagesConfirmed));
    }

    [Theory]
    [InlineData("""{ "numbers": { "request_uri": { "style": "e164" } } }""", "Request-URI: the user must be \"+12125550142\" for the number +12125550142, and is \"12125550142\".")]
    [InlineData("""{ "numbers": { "request_uri": { "prefix": "9" }, "to": {} } }""", "Request-URI: the user must be \"+12125550142\" for the number +12125550142, and is \"9+12125550142\".")]
    [InlineData("""{ "numbers": { "from": { "style": "nanp10" } } }""", "From: the user must be \"+13105550127\" for the number +13105550127, and is \"3105550127\".")]
    [InlineData("""{ "domain": "wrong.example" }""", "Request-URI: the host must be \"sip.carrier.example\", and is \"wrong.example\".")]
    public async Task Refuses_an_address_that_is_written_otherwise(string overlay, string sentence)
    {
        var trial = await CallAsync(Rules, WithTrunk(overlay));

        Assert.Contains(sentence, trial.Violations);
        Assert.Equal((OutcomeClass.Rejected, 403), (trial.Outcome.Class, trial.Outcome.SipStatus));
    }

    [Fact]
    public async Task Refuses_a_call_that_does_not_answer_its_challenge()
    {
        var trial = await CallAsync(Rules, """{ "host": "sip.carrier.example", "caller_number": "+13105550127" }""");

        Assert.Equal("Digest: the carrier asked for the realm \"carrier.example\" with 407, and the call never came again with an answer.", Assert.Single(trial.Violations));
        Assert.Equal(OutcomeClass.Rejected, trial.Outcome.Class);
    }

    [Theory]
    [InlineData("acct", "another", "the password or the URI in it is another one")]
    [InlineData("other", "right-password", "the user must be \"acct\", and is \"other\"")]
    public async Task Refuses_credentials_that_are_not_the_account_s(string user, string password, string part)
    {
        var trial = await CallAsync(Rules, Good.Replace("\"acct\"", $"\"{user}\"", StringComparison.Ordinal).Replace("right-password", password, StringComparison.Ordinal));

        Assert.Contains(part, Assert.Single(trial.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_call_without_the_header_fields_that_it_wants()
    {
        var rules = Rules with { AssertedIdentity = new AddressRule("+{e164}"), Headers = new Dictionary<string, string> { ["X-Account"] = "42", ["X-Any"] = "*" } };

        var trial = await CallAsync(rules, Good);

        Assert.Equal(3, trial.Violations.Count);
        Assert.Contains("P-Asserted-Identity: the carrier wants the caller's number there, and the INVITE has no such field.", trial.Violations);
        Assert.Contains("X-Account: the carrier wants this header field, and the INVITE has none.", trial.Violations);
    }

    [Fact]
    public async Task Takes_a_call_with_the_header_fields_that_it_wants()
    {
        var rules = Rules with
        {
            AssertedIdentity = new AddressRule("+{e164}", "sip.carrier.example") { Parameters = new Dictionary<string, string> { ["user"] = "phone" } },
            Headers = new Dictionary<string, string> { ["X-Account"] = "42" },
        };
        var trial = await CallAsync(rules, WithTrunk("""
            { "caller": { "headers": ["p_asserted_identity"], "domain": "sip.carrier.example" }, "numbers": { "identity": { "parameters": { "user": "phone" } } },
              "headers": { "X-Account": "42" } }
            """));

        Assert.Empty(trial.Violations);
    }

    [Fact]
    public async Task Refuses_T38_in_a_first_offer_that_must_be_audio_alone()
    {
        var trial = await CallAsync(Rules with { T38 = new CarrierT38 { InFirstOffer = false } }, WithTrunk("""{ "t38": { "in_first_offer": true } }"""));

        Assert.Equal("SDP: the first INVITE must offer audio alone, and offers T.38 too.", Assert.Single(trial.Violations));
    }

    [Fact]
    public async Task Agrees_at_once_on_T38_that_is_in_the_first_offer()
    {
        var trial = await CallAsync(Rules with { T38 = new CarrierT38 { InFirstOffer = true } }, WithTrunk("""{ "t38": { "in_first_offer": true } }"""));

        Assert.Empty(trial.Violations);
        Assert.Equal(OutcomeClass.Success, trial.Outcome.Class);
    }

    [Fact]
    public async Task Refuses_a_switch_that_is_the_carrier_s_to_ask_for()
    {
        var rules = Rules with { T38 = new CarrierT38 { Asker = T38Asker.Carrier, AsksAfter = TimeSpan.FromSeconds(20) } };

        var trial = await CallAsync(rules, WithTrunk("""{ "t38": { "switch": "us" } }"""));

        Assert.Equal("T.38: with this carrier only the far end sends the re-INVITE, and the caller sent one.", Assert.Single(trial.Violations));
        Assert.Equal(OutcomeClass.Negotiation, trial.Outcome.Class);
    }

    [Fact]
    public async Task Says_what_an_offer_of_T38_should_have_been()
    {
        var rules = Rules with
        {
            T38 = new CarrierT38 { Asker = T38Asker.Caller, OfferedVersion = 3, LargestOfferedDatagram = 272, OfferedErrorCorrection = Trunks.T38ErrorCorrection.Fec },
        };
        var trial = await CallAsync(rules, WithTrunk("""{ "t38": { "switch": "us" } }"""));

        Assert.Equal(
            [
                "T.38: the offer must name version 3, and names 0.",
                "T.38: the offer may announce datagrams of 272 octets at most, and announces 400.",
                "T.38: the offer must name the error correction Fec, and names Redundancy.",
            ], trial.Violations);
    }

    [Theory]
    [InlineData(401, false)]
    [InlineData(401, true)]
    [InlineData(407, true)]
    public async Task Challenges_as_its_account_says(int status, bool sha256)
    {
        var trial = await CallAsync(Rules with { Account = Rules.Account! with { ChallengeStatus = status, Sha256 = sha256 } }, Good, CarrierScenario.Busy);

        Assert.Empty(trial.Violations);
        Assert.Equal(OutcomeClass.Busy, trial.Outcome.Class);
    }

    [Theory]
    [InlineData("true", new string[0])]
    [InlineData("false", new[] { "REGISTER: the carrier lets in only customers that have registered, and none did." })]
    public async Task Sees_whether_the_customer_has_registered(string register, string[] violations)
    {
        var trial = await CallAsync(Rules with { ExpectsRegistration = true }, Good.Replace(" }", $", \"register\": {register} }}", StringComparison.Ordinal), CarrierScenario.Busy);

        Assert.Equal(violations, trial.Violations);
        Assert.Equal(OutcomeClass.Busy, trial.Outcome.Class);
    }

    private static string WithTrunk(string overlay) => $"{Good.TrimEnd(' ', '}')}, \"trunk\": {overlay} }}";

    private static async Task<CarrierTrial> CallAsync(CarrierRules rules, string settings, CarrierScenario scenario = CarrierScenario.Success)
    {
        await using var carrier = SimulatedCarrier.Open(rules, scenario);
        await using var harness = PluginHarness.Create(new PluginHarnessOptions { PackageFolder = RepositoryRoot.Of("plugins", "Faxbot.Sip.Trunk"), Settings = settings, Carrier = carrier });
        var plugin = await harness.AttachAsync(new SipTrunkPlugin(), TestContext.Current.CancellationToken);
        return await CarrierTrial.RunAsync(plugin, harness, carrier, rules.Destinations[0], rules.Caller, TestContext.Current.CancellationToken);
    }
}
