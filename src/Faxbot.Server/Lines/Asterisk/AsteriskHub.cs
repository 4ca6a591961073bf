using System.Data.Common;
using Faxbot.Lines;
using Faxbot.Lines.Asterisk;
using Faxbot.Lines.Asterisk.Checks;
using Faxbot.Lines.Asterisk.Messages;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;
using Faxbot.Server.Configuration;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Lines.Asterisk;

/// <summary>The gateway's line over the Asterisk servers of its settings; none where there are none. Thread-safe.</summary>
internal sealed class AsteriskHub(
    AsteriskOptions options, AsteriskInbox inbox, AsteriskTexts texts, AttemptLedger ledger, TimeProvider time, ILogger<AsteriskLine> logger) : IAsyncDisposable
{
    /// <summary>What is said where there is none.</summary>
    public const string NotConfigured = "No Asterisk is configured: set asterisk.servers, or choose another line for the trunk.";
    private AsteriskLine? _line;

    /// <summary>The servers by name.</summary>
    public IReadOnlyList<string> Names { get; } = [.. options.Servers.Select(server => server.Name!)];

    /// <summary>Connects the servers, and takes what they received meanwhile.</summary>
    /// <exception cref="FaxRejectedException">A file of roots cannot be read.</exception>
    public void Start()
    {
        if (options.Servers.Count == 0) return;
        _line = AsteriskLine.Open(
            new AsteriskLineOptions { Servers = AsteriskServers.Of(options), IsOverAsync = IsOverAsync },
            time,
            new AsteriskReceiver { StoreFaxAsync = inbox.StoreAsync, StoreMessageAsync = texts.StoreAsync },
            logger);
    }

    /// <summary>Places a call over the trunk of a plugin, whose endpoint bears the plugin's id.</summary>
    /// <exception cref="InvalidOperationException">The servers are not connected: there are none, or the gateway has not begun.</exception>
    public FaxCall Originate(OutboundFax fax, string pluginId) => (_line ?? throw new InvalidOperationException(NotConfigured)).Originate(fax, pluginId);

    /// <summary>Hands over a text message, of which Asterisk says no more than that it took it.</summary>
    public async Task<MessageOutcome> SendMessageAsync(string pluginId, OutboundMessage message, CancellationToken cancel)
    {
        if (_line is null) return new MessageOutcome(MessageState.NeverSent) { Failure = GatewayOutcomes.Local(NotConfigured) };
        var handed = await _line.SendMessageAsync(new OutboundText(message.Trunk, pluginId, message.To, message.From, message.Text), cancel);
        if (handed.IsAccepted) return new MessageOutcome(MessageState.Accepted);
        return new MessageOutcome(handed.MayBeSent ? MessageState.Unknown : MessageState.NeverSent) { Failure = GatewayOutcomes.Local(handed.Problem ?? "Asterisk did not take the message.") };
    }

    /// <summary>What became of the call of an attempt that an earlier run of the gateway placed.</summary>
    public async Task<FoundCall> FindAsync(FaxAttempt attempt, CancellationToken cancel)
    {
        var gone = attempt.AsteriskServers.Except(Names).ToArray();
        if (_line is null) return new FoundCall.NotReachable(attempt.AsteriskServers);
        var found = await _line.FindAsync(attempt.Id, attempt.DialledAt!.Value, cancel);
        // A server that stands in the settings no longer may have placed it.
        return found is FoundCall.NeverPlaced && gone.Length > 0 ? new FoundCall.NotReachable(gone) : found;
    }

    /// <summary>The attempt's outcome is stored: Asterisk needs its record no longer.</summary>
    public Task ForgetAsync(string attemptId) => _line?.ForgetAsync(attemptId, CancellationToken.None) ?? Task.CompletedTask;

    /// <summary>Whether calls can be placed, by what is known of the servers; asks nobody.</summary>
    public CheckResult Health()
    {
        if (_line is null) return CheckResult.Failed(NotConfigured);
        var servers = _line.Servers;
        string[] problems = [.. servers.Select(server => server.Problem).OfType<string>()];
        if (servers.Any(server => server.IsUsable)) return new CheckResult(true, problems);
        return CheckResult.Failed(problems.Length > 0 ? problems : ["Asterisk is being connected."]);
    }

    /// <summary>Looks at the trunk of a plugin step by step, at each server.</summary>
    /// <exception cref="FaxRejectedException">A file of roots cannot be read.</exception>
    public async Task<IReadOnlyList<CheckFinding>> CheckAsync(string pluginId, TrunkProfile trunk, string? dial, CancellationToken cancel) => _line is null
        ? [new CheckFinding("asterisk", CheckState.Failed, NotConfigured)]
        : await AsteriskTrunkCheck.RunAsync(AsteriskServers.Of(options), pluginId, trunk, fax => Originate(fax, pluginId), dial, time, cancel);

    public ValueTask DisposeAsync() => _line?.DisposeAsync() ?? ValueTask.CompletedTask;

    // While the outcome is not known, Asterisk's record may still tell it.
    private async Task<bool> IsOverAsync(string attemptId, CancellationToken cancel)
    {
        try
        {
            return await ledger.FindAsync(attemptId, cancel) is { Outcome.Class: not OutcomeClass.Unknown };
        }
        catch (DbException)
        {
            // It is asked again.
            return false;
        }
    }
}
