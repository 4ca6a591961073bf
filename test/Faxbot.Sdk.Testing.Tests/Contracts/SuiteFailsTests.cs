using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Contracts;
using Faxbot.Sdk.Testing.Providers;
using Faxbot.Sdk.Webhooks;
using Faxbot.Testing;
using Microsoft.Extensions.Logging;
using Xunit.Sdk;

namespace Faxbot.Sdk.Testing.Tests.Contracts;

/// <summary>That a plugin which breaks the contract does not pass its suite.</summary>
public sealed partial class SuiteFailsTests : IDisposable
{
    private readonly TempFolder _package = new();

    public SuiteFailsTests() => File.WriteAllText(_package.Of("manifest.json"), """
        { "id": "careless", "name": "Careless", "categories": ["messaging"], "capabilities": ["send_message", "get_message_status"], "unknown": 1,
          "traits": { "idempotent_send": true, "signed_webhooks": true }, "allowed_hosts": ["api.careless.example"],
          "config_schema": { "type": "object", "properties": { "api_password": { "type": "string" } } } }
        """);

    public void Dispose() => _package.Dispose();

    [Fact]
    public Task A_number_in_the_log_is_found() => FailsAsync("Personal data in the log: a phone number", suite => suite.What_the_provider_took_is_named_by_its_id());

    [Fact]
    public Task A_refusal_that_is_no_refusal_is_found() => FailsAsync("would send it a second time", suite => suite.A_lost_answer_leaves_open_whether_it_was_taken(500));

    [Fact]
    public Task A_second_message_for_one_attempt_is_found() => FailsAsync("the provider would send it as often", suite => suite.Sending_an_attempt_twice_sends_it_once());

    [Fact]
    public Task A_guessed_status_is_found() => FailsAsync("The provider answered 404, and the plugin says Delivered", suite => suite.A_status_that_cannot_be_had_is_no_guess(404));

    [Fact]
    public Task A_forged_webhook_that_is_taken_is_found() => FailsAsync("must be refused with 401", suite => suite.Webhooks_that_the_provider_did_not_sign_are_refused());

    [Fact]
    public Task A_replayed_webhook_that_is_taken_is_found() => FailsAsync("must be refused", suite => suite.Webhooks_that_are_too_old_are_refused());

    [Fact]
    public Task A_request_that_is_written_otherwise_is_found() => FailsAsync("POST /send: Content-Type must be", suite => suite.What_the_provider_took_is_named_by_its_id(), new RequestRules { Body = BodyRule.Json("{}") });

    [Fact]
    public Task A_busy_provider_that_is_told_as_a_refusal_is_found() => FailsAsync("429 means that it may be tried again later", suite => suite.Too_many_requests_are_told_as_congestion());

    [Fact]
    public Task A_recipient_who_opted_out_and_is_told_as_any_other_is_found() => FailsAsync("Who opted out refuses", suite => suite.A_recipient_who_opted_out_is_told_as_such());

    [Fact]
    public Task A_webhook_without_a_password_that_is_taken_is_found() => FailsAsync("must be refused with 401", suite => suite.Webhooks_without_the_provider_s_proof_are_refused());

    [Fact]
    public Task A_message_that_came_in_and_is_not_told_is_found() => FailsAsync("The collection was empty", suite => suite.A_message_that_came_in_is_told_each_time_with_the_same_id());

    [Fact]
    public Task A_secret_that_is_not_marked_is_found() => FailsAsync("$.api_password: by its name it is a secret", suite =>
    {
        suite.Settings_that_are_secrets_are_marked_as_such();
        return Task.CompletedTask;
    });

    [Fact]
    public Task A_field_of_the_manifest_that_nobody_knows_is_found() => FailsAsync("$.unknown", suite =>
    {
        suite.The_manifest_gives_no_cause_for_warnings();
        return Task.CompletedTask;
    });

    private async Task FailsAsync(string sentence, Func<CarelessSuite, Task> test, RequestRules? rules = null)
    {
        var failed = await Assert.ThrowsAnyAsync<Exception>(() => test(new CarelessSuite(_package.FullPath, rules ?? new RequestRules())));

        Assert.IsType<IAssertionException>(failed, exactMatch: false);
        Assert.Contains(sentence, failed.Message, StringComparison.Ordinal);
    }

    // Not public: the runner is not to find it.
    private sealed class CarelessSuite(string package, RequestRules rules) : MessagingPluginContract<CarelessPlugin>(new MessagingContractOptions
    {
        PackageFolder = package,
        Settings = "{}",
        Provider = new ProviderScript
        {
            Send = new ProviderRequest("POST", "/send"),
            SendRules = rules,
            Accepted = new ProviderAnswer(200, "{}"),
            ProviderId = "1",
            Status = new ProviderRequest("GET", "/1"),
        },
        Statuses = [new(new ProviderAnswer(200, "{}"), MessageState.Delivered)],
        OptedOut = new ProviderAnswer(403, "{}"),
        Inbound = text => new WebhookRequest { Method = "POST", Url = text.Address.ToString(), Headers = new Dictionary<string, string>(), Body = [] },
        Webhooks = new WebhookScript<MessageState>
        {
            ProofHeaders = ["signature"],
            States = [MessageState.Delivered],
            SignatureHeaders = ["signature"],
            ReplayWindow = TimeSpan.FromMinutes(5),
            Write = notice => new WebhookRequest { Method = "POST", Url = notice.Address.ToString(), Headers = new Dictionary<string, string> { ["signature"] = "abcdef" }, Body = "{}"u8.ToArray() },
        },
    });

    private sealed partial class CarelessPlugin : MessagingPlugin
    {
        private static readonly Uri Api = new("https://api.careless.example");

        public override async Task<MessageResult> SendMessageAsync(MessageRequest message, CancellationToken cancel)
        {
            using var answer = await Context.Http.PostAsync(new Uri(Api, "/send"), null, cancel);
            if (!answer.IsSuccessStatusCode) throw new FaxRejectedException("It did not work.");
            SentTo(Context.Logger, message.To.Value.Insert(5, "-"));
            return new MessageResult("1", Manifest.Id);
        }

        public override Task<MessageStatus> GetMessageStatusAsync(MessageReference message, CancellationToken cancel) =>
            Task.FromResult(new MessageStatus { State = MessageState.Delivered });

        public override Task<WebhookResult> HandleWebhookAsync(WebhookRequest request, CancellationToken cancel) =>
            Task.FromResult(new WebhookResult { Messages = new Dictionary<string, MessageStatus> { ["1"] = new() { State = MessageState.Delivered } } });

        [LoggerMessage(1, LogLevel.Information, "Sent to {Number}")]
        private static partial void SentTo(ILogger logger, string number);
    }
}
