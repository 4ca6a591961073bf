using Faxbot.Documents.Grey;

namespace Faxbot.Documents.Images;

/// <summary>A picture in grey, upright.</summary>
/// <param name="Pixels">Its pixels.</param>
/// <param name="DpiAcross">Pixels per inch across, where it has a size of its own.</param>
/// <param name="DpiDown">Rows per inch.</param>
internal sealed record Picture(GreyPage Pixels, double? DpiAcross = null, double? DpiDown = null) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Pixels.Dispose();
}
