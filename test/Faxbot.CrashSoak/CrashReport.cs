using System.Globalization;

namespace Faxbot.CrashSoak;

/// <summary>What came of it.</summary>
/// <param name="Kills">How often the gateway was killed.</param>
/// <param name="Faxes">Faxes that it took.</param>
/// <param name="Successes">Those that it says have arrived.</param>
/// <param name="Unknowns">Those of which it says that it cannot know.</param>
/// <param name="ArrivedUnknowns">Those of them whose pages had all arrived.</param>
/// <param name="Findings">Each way in which the gateway broke its word, as a sentence.</param>
internal sealed record CrashReport(int Kills, int Faxes, int Successes, int Unknowns, int ArrivedUnknowns, IReadOnlyList<string> Findings)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Concat(Findings.Select(finding => finding + "\n"))}{Kills} kills, {Faxes} faxes: {Successes} arrived, {Unknowns} unknown ({ArrivedUnknowns} of them had arrived), {Findings.Count} findings");
}
