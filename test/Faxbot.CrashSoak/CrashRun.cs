using System.Diagnostics;
using System.Globalization;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.CrashSoak;

/// <summary>
/// One gateway that is killed (SIGKILL, to it alone) again and again at random points, mostly with faxes in flight, sometimes while it starts, and goes
/// on with the same data folder each time. A fax whose acceptance was cut off is given to it again, under the same idempotency key, as a client would.
/// </summary>
internal sealed class CrashRun(CrashOptions options, TextWriter output)
{
    private const double KilledInStart = 0.1, LongerThanAFax = 1.1;
    private const int MostPages = 3, MostAtOnce = 3, Report = 10;
    private const int FirstNumber = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Random _random = new(options.Seed);
    private readonly List<SentFax> _sent = [];
    private readonly Dictionary<bool, TimeSpan> _lives = [];
    private string[] _documents = [];
    private TimeSpan _start;
    private string? _key;
    private bool? _isPaced;

    public async Task<CrashReport> RunAsync()
    {
        using var folder = new TempFolder();
        await using var trunk = new FarTrunk();
        _documents = [.. Enumerable.Range(1, MostPages).Select(pages => SampleLetter.Write(folder.Of($"{pages}.pdf"), pages))];
        var data = Directory.CreateDirectory(folder.Of("data")).FullName;
        await MeasureAsync(data, trunk);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            if (_random.NextDouble() < KilledInStart) await KillInStartAsync(data);
            else await KillInFlightAsync(data, trunk);
            if (kill % Report == 0) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {kill} of {options.Kills} kills, {_sent.Count} faxes"));
        }

        await using var last = await StartAsync(data);
        using var client = last.Client(_key);
        foreach (var fax in Unanswered()) await SendAsync(client, fax);
        return await CrashJudge.JudgeAsync(options.Kills, _sent, trunk, client);
    }

    // How long the gateway takes to start, and a fax to arrive: the span that kills are spread over.
    private async Task MeasureAsync(string data, FarTrunk trunk)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var gateway = await StartAsync(data);
        _start = Stopwatch.GetElapsedTime(begun);
        _key = gateway.FirstKey;
        using var client = gateway.Client(_key);
        await GatewayProcess.ConfigureAsync(client, "faxbot-sandbox", new { enabled = false });
        foreach (var isPaced in options.Paced > 0 ? (bool[])[true, false] : [false])
        {
            await PaceAsync(client, trunk, isPaced);
            begun = Stopwatch.GetTimestamp();
            var fax = NewFax(MostPages);
            await SendAsync(client, fax);
            await GatewayProcess.WaitAsync(client, fax.Id!, told => told.GetProperty("state").GetString() == "success", Patience);
            _lives[isPaced] = Stopwatch.GetElapsedTime(begun);
        }

        var lives = string.Join(", ", _lives.Select(life => string.Create(CultureInfo.InvariantCulture, $"{life.Value.TotalSeconds:0.0} s{(life.Key ? " at a modem's pace" : "")}")));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}: a start takes {_start.TotalSeconds:0.0} s, a fax of {MostPages} pages {lives}"));
    }

    private async Task KillInStartAsync(string data)
    {
        using var cut = new CancellationTokenSource(_start * _random.NextDouble());
        try
        {
            await using var gateway = await StartAsync(data, cut.Token);
            await gateway.KillAsync();
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            // It was killed before it listened.
        }
    }

    private async Task KillInFlightAsync(string data, FarTrunk trunk)
    {
        await using var gateway = await StartAsync(data);
        using var client = gateway.Client(_key);
        await PaceAsync(client, trunk, _random.NextDouble() < options.Paced);
        foreach (var _ in Enumerable.Range(0, _random.Next(1, MostAtOnce + 1))) NewFax(_random.Next(1, MostPages + 1));
        var sending = Task.WhenAll(Unanswered().Select(fax => TrySendAsync(client, fax)));
        await Task.Delay(_lives[_isPaced == true] * (LongerThanAFax * _random.NextDouble()), TimeProvider.System);
        await gateway.KillAsync();
        await sending;
    }

    private static Task<GatewayProcess> StartAsync(string data, CancellationToken cut = default) => GatewayProcess.StartAsync(
        data,
        new Dictionary<string, string?> { ["FAXBOT_SIP_BIND"] = "127.0.0.1:0", ["FAXBOT_LIMITS_REQUESTS_PER_MINUTE"] = "1000000" },
        cut);

    private async Task PaceAsync(HttpClient client, FarTrunk trunk, bool isPaced)
    {
        if (_isPaced == isPaced) return;
        await GatewayProcess.ConfigureAsync(client, "faxbot-sip", new { enabled = true, settings = trunk.Settings(isPaced) });
        _isPaced = isPaced;
    }

    private SentFax NewFax(int pages)
    {
        var fax = new SentFax(string.Create(CultureInfo.InvariantCulture, $"+1555{FirstNumber + _sent.Count:D7}"), pages);
        _sent.Add(fax);
        return fax;
    }

    private SentFax[] Unanswered() => [.. _sent.Where(fax => fax.Id is null)];

    private async Task TrySendAsync(HttpClient client, SentFax fax)
    {
        try
        {
            await SendAsync(client, fax);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // The gateway died before it answered: the next one is asked again.
        }
    }

    private async Task SendAsync(HttpClient client, SentFax fax)
    {
        var accepted = await GatewayProcess.SendAsync(client, fax.Number, _documents[fax.Pages - 1], idempotencyKey: fax.Number);
        fax.Id = accepted.GetProperty("id").GetString();
    }
}
