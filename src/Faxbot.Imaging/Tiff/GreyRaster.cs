namespace Faxbot.Imaging.Tiff;

/// <summary>
/// A picture in shades of grey, upright: <see cref="Height"/> rows of <see cref="Width"/> octets, 0 is black and 255 white.
/// </summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">All rows, top to bottom, no padding.</param>
/// <param name="DpiAcross">Pixels per inch across; null where the file does not say.</param>
/// <param name="DpiDown">Rows per inch down; null where the file does not say.</param>
public sealed record GreyRaster(int Width, int Height, ReadOnlyMemory<byte> Samples, double? DpiAcross, double? DpiDown);
