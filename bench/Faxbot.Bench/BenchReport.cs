using System.Globalization;

namespace Faxbot.Bench;

/// <summary>Prints what was measured, each figure beside its peer's and its goal, and remembers which goals were missed.</summary>
internal sealed class BenchReport(TextWriter output)
{
    private readonly List<string> _missed = [];

    /// <summary>Goals that did not hold.</summary>
    public IReadOnlyList<string> Missed => _missed;

    /// <summary>A line of text: inputs, versions, how it was measured.</summary>
    public void Note(string text) => output.WriteLine(text);

    /// <summary>Ours must be at least <paramref name="goal"/> times the peer's (a rate: more is better).</summary>
    public void AtLeast(string what, double ours, double peer, double goal, string unit) =>
        Write(what, ours, peer, ours / peer, ours / peer >= goal, FormattableString.Invariant($">= {goal:0.##}"), unit);

    /// <summary>Ours must be at most <paramref name="goal"/> times the peer's (a cost: less is better).</summary>
    public void AtMost(string what, double ours, double peer, double goal, string unit) =>
        Write(what, ours, peer, ours / peer, ours / peer <= goal, FormattableString.Invariant($"<= {goal:0.##}"), unit);

    /// <summary>A figure that must be below its goal, where there is no peer to compare with.</summary>
    public void Below(string what, double figure, double goal, string unit)
    {
        var met = figure < goal;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-44} ours {figure,10:0.##} {unit,-8} goal < {goal:0.##} {(met ? "met" : "MISSED")}"));
        if (!met) _missed.Add(what);
    }

    private void Write(string what, double ours, double peer, double ratio, bool met, string goal, string unit)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-44} ours {ours,10:0.##} {unit,-8} peer {peer,10:0.##}  ratio {ratio,6:0.00}  goal {goal,-8} {(met ? "met" : "MISSED")}"));
        if (!met) _missed.Add(what);
    }
}
