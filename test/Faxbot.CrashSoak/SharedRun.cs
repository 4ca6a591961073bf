namespace Faxbot.CrashSoak;

/// <summary>
/// Two gateways share faxes, half of them of several pages; when the short ones have arrived, one gateway is killed with long ones in its hands. The other
/// must resolve those, which takes the lease and the time of grace, without a second send.
/// </summary>
internal sealed class SharedRun(int faxes, TextWriter output)
{
    private const int LongPages = 3;

    public async Task<CrashReport> RunAsync()
    {
        await using var pair = await GatewayPair.StartAsync(isPaced: true);
        var sent = new List<SentFax>();
        foreach (var i in Enumerable.Range(0, faxes))
        {
            // Each gateway takes half of the short ones and half of the long ones.
            var fax = new SentFax($"+1555000{4000 + i}", i % 4 < 2 ? 1 : LongPages);
            fax.Id = await TrunkGateway.SendAsync(i % 2 == 0 ? pair.First.Client : pair.ToSecond, fax.Number, fax.Pages);
            sent.Add(fax);
        }

        foreach (var fax in sent.Where(fax => fax.Pages == 1)) await pair.First.WaitAsync(fax.Id!, "success");
        await pair.Second.KillAsync();
        await output.WriteLineAsync($"  {faxes} faxes, one of two gateways killed");
        var report = await CrashJudge.JudgeAsync(kills: 1, sent, pair.First.Trunk, pair.First.Client);
        // It had some in its hands, and only what it had is in doubt.
        return report.Unknowns > 0 && report.Unknowns <= faxes / 2
            ? report
            : report with { Findings = [.. report.Findings, $"{report.Unknowns} faxes are in doubt: some, and at most half of them, were with the gateway that was killed"] };
    }
}
