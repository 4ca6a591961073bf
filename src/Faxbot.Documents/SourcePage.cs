using Faxbot.Imaging.Pages;

namespace Faxbot.Documents;

/// <summary>A page of a document as fax pixels, before its header. The bitmap is the source's and stands until its next page.</summary>
/// <param name="Bitmap">The pixels.</param>
/// <param name="Scale">1 is true size.</param>
/// <param name="IsTurned">Landscape, turned.</param>
/// <param name="IsFlattened">Paper that was seen and made white.</param>
/// <param name="DitheredShare">How much is picture: 0 to 1.</param>
internal sealed record SourcePage(PageBitmap Bitmap, double Scale = 1, bool IsTurned = false, bool IsFlattened = false, double DitheredShare = 0);
