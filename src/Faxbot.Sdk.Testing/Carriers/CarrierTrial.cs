using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Testing.Harness;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>One fax of a plugin's over a simulated carrier.</summary>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Status">What the plugin says of it.</param>
/// <param name="Violations">What the carrier had to object to.</param>
internal sealed record CarrierTrial(FaxOutcome Outcome, FaxStatus Status, IReadOnlyList<string> Violations)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Sends a fax and waits for its end.</summary>
    /// <param name="plugin">A plugin that was started.</param>
    /// <param name="harness">What it runs in.</param>
    /// <param name="carrier">The carrier that its trunk leads to.</param>
    /// <param name="called">Who is called.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<CarrierTrial> RunAsync(FaxPlugin plugin, PluginHarness harness, SimulatedCarrier carrier, string called, string caller, CancellationToken cancel)
    {
        carrier.Expect(called, caller);
        var fax = Request(called, caller);
        var reference = new FaxReference { JobId = fax.JobId, AttemptId = fax.AttemptId };
        try
        {
            var sent = await plugin.SendFaxAsync(fax, cancel);
            var outcome = await harness.Lines.OutcomeAsync(fax.AttemptId).WaitAsync(Patience, cancel);
            return new CarrierTrial(outcome, await plugin.GetStatusAsync(reference with { ProviderId = sent.ProviderId }, cancel), carrier.Violations);
        }
        catch (FaxRejectedException rejected)
        {
            harness.Log.Write($"thrown: {rejected.Message}");
            return new CarrierTrial(rejected.Outcome, await plugin.GetStatusAsync(reference, cancel), carrier.Violations);
        }
    }

    /// <summary>A fax of three pages.</summary>
    public static FaxRequest Request(string called, string caller) => new()
    {
        JobId = "job-1",
        AttemptId = "attempt-1",
        To = new PhoneNumber(called),
        From = new PhoneNumber(caller),
        Document = HarnessDocuments.Letter,
    };
}
