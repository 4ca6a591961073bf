using Faxbot.Fax.T30;
using Faxbot.Testing.Spandsp;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>What both ends say of a fax.</summary>
/// <param name="Fax">What was to be done.</param>
/// <param name="Ours">How it ended for us.</param>
/// <param name="Theirs">How it ended for libspandsp.</param>
/// <param name="Events">What happened on our side.</param>
/// <param name="Took">From the start, or from the cut, to our end.</param>
/// <param name="Dropped">Datagrams of ours that the network swallowed.</param>
/// <param name="Difference">How the pixels differ; null where they do not.</param>
internal sealed record SpandspFaxResult(
    SpandspFax Fax, FaxResult Ours, SpandspResult Theirs, IReadOnlyList<FaxEvent> Events, TimeSpan Took, int Dropped, string? Difference)
{
    /// <summary>Fails unless both ends say that all pages arrived, and every pixel did.</summary>
    public void AssertDelivered()
    {
        var whole = Ours.End == FaxEnd.Completed && Ours.PagesConfirmed == Fax.Way.Pages
            && Theirs.Result == 0 && Theirs.Pages == Fax.Way.Pages && Theirs.Packets.Malformed == 0 && Difference is null;
        Assert.True(whole, ToString());
    }

    public override string ToString() =>
        $"{Fax}\n{Ours}\nafter {Took.TotalSeconds:0.0} s\n{string.Join('\n', Events)}\n{Theirs}\n{Difference}";
}
