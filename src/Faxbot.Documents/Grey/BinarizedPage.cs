namespace Faxbot.Documents.Grey;

/// <summary>A page in black and white, and how it came about.</summary>
/// <param name="Ink">The black pixels.</param>
/// <param name="WasFlattened">The paper was not white all over: a scan or a photograph of a page.</param>
/// <param name="DitheredShare">How much of the page was dithered: 0 to 1.</param>
internal sealed record BinarizedPage(BitPlane Ink, bool WasFlattened, double DitheredShare) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Ink.Dispose();
}
