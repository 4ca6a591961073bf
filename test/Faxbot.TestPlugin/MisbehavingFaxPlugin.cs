using System.Text;
using System.Text.Json;
using Faxbot.Sdk.Accounts;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;
using Microsoft.Extensions.Logging;

namespace Faxbot.TestPlugin;

/// <summary>A plugin that does what its settings say, above all what none should.</summary>
public sealed partial class MisbehavingFaxPlugin : FaxPlugin
{
    private const int Megabyte = 1 << 20;
    private readonly List<byte[]> _hoard = [];

    private TestSettings Settings => Context.SettingsAs<TestSettings>();

    public override Task StartAsync(CancellationToken cancel)
    {
        if (Settings.Behaviour == Behaviour.HangAtStart) return Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        if (Settings.Behaviour == Behaviour.CrashAtStart) Environment.Exit(7);
        if (Settings.Behaviour == Behaviour.RefuseToStart) throw new PluginException("The account is closed: open another.");
        return Task.CompletedTask;
    }

    public override async Task<SendResult> SendFaxAsync(FaxRequest fax, CancellationToken cancel)
    {
        // The gateway sees by this that the plugin has begun.
        await Context.Documents.ToPdfAsync(fax.Document, cancel);
        switch (Settings.Behaviour)
        {
            case Behaviour.CrashInSend:
                Environment.FailFast("on purpose");
                break;
            case Behaviour.HangInSend:
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
                break;
            case Behaviour.GiveUpInSend:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
                break;
            case Behaviour.EndlessOutput:
                Write("Content-Length: 900000\r\n\r\n");
                while (true) Write(new string(' ', 900_000) + "Content-Length: 900000\r\n\r\n");
            case Behaviour.Garbage:
                Write("Sending the fax now...\n");
                break;
            case Behaviour.Oversized:
                Write("Content-Length: 99999999999\r\n\r\n");
                break;
            case Behaviour.WrongShape:
                return null!;
            case Behaviour.TakeMemory:
                while (true) _hoard.Add(GC.AllocateUninitializedArray<byte>(Megabyte));
            case Behaviour.FillDisk:
                FillDisk();
                break;
            case Behaviour.ThrowInSend:
                throw new InvalidOperationException("a message about +15550123456");
            case Behaviour.RejectFax:
                throw new FaxRejectedException(new FaxOutcome { Class = OutcomeClass.Rejected, Phase = OutcomePhase.Dial, Party = OutcomeParty.Policy, Sentence = "No funds.", ProviderCode = "402" });
            case Behaviour.ReachElsewhere:
                await Context.Http.GetAsync(new Uri("https://elsewhere.example.org/"), cancel);
                break;
            case Behaviour.AskAtOnce:
                await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Context.Documents.ToFaxTiffAsync(fax.Document, fax.Quality, cancel)));
                break;
        }

        Console.WriteLine("What a plugin prints goes to the log.");
        return new SendResult($"{Settings.Station}{fax.AttemptId}", Manifest.Id) { EstimatedCost = new Money(0.07m, "USD") };
    }

    public override Task<FaxStatus> GetStatusAsync(FaxReference fax, CancellationToken cancel)
    {
        switch (Settings.Behaviour)
        {
            case Behaviour.FloodLog:
                for (var i = 0; i < 20_000; i++) Flood(Context.Logger, i);
                break;
            case Behaviour.SayNumber:
                Say(Context.Logger, "+15550123456");
                break;
        }

        var told = Settings.Behaviour == Behaviour.LookAround ? Surroundings.Tell(Settings.Paths) : JsonSerializer.Serialize(Environment.GetEnvironmentVariables());
        return Task.FromResult(new FaxStatus { State = FaxState.InProgress, ProviderId = told });
    }

    public override Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancel) =>
        Task.FromResult(Settings.ApiKey == "wrong" ? CheckResult.Failed("The provider does not take api_key.") : CheckResult.Passed);

    public override Task<CheckResult> CheckHealthAsync(CancellationToken cancel) =>
        Task.FromResult(Settings.Behaviour == Behaviour.Unwell ? CheckResult.Failed("The provider is down.") : CheckResult.Passed);

    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfigProblem>>(Settings.Station == "nowhere" ? [new ConfigProblem("$.station", "There is no such station.")] : []);

    public override Task StopAsync(CancellationToken cancel) =>
        Settings.Behaviour == Behaviour.RefuseToStop ? Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None) : Task.CompletedTask;

    private void FillDisk()
    {
        using var file = File.Create(Path.Combine(Context.Folder, "large"));
        for (var i = 0; i < 64; i++) file.Write(new byte[Megabyte]);
    }

    // Past the redirection, straight to where the protocol is spoken.
    private static void Write(string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes(text));
        output.Flush();
    }

    [LoggerMessage(1, LogLevel.Information, "line {Number} of a flood")]
    private static partial void Flood(ILogger logger, int number);

    [LoggerMessage(2, LogLevel.Warning, "calling {Number}")]
    private static partial void Say(ILogger logger, string number);
}
