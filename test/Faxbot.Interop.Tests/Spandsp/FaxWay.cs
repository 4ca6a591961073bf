using Faxbot.Imaging.Pages;
using Faxbot.Imaging.Tiff;
using Faxbot.Testing.Faxes;

namespace Faxbot.Interop.Tests.Spandsp;

/// <summary>One way to fax: a cell of the matrix.</summary>
internal sealed record FaxWay(bool Ecm, FaxCoding Coding, FaxResolution Resolution, int BitRate, int Pages)
{
    /// <summary>Rates and resolutions: the rows of the theories.</summary>
    public static TheoryData<FaxResolution, int> Rows()
    {
        var rows = new TheoryData<FaxResolution, int>();
        foreach (var resolution in (FaxResolution[])[FaxResolution.Standard, FaxResolution.Fine])
        {
            foreach (var rate in (int[])[14_400, 9600, 7200, 4800, 2400]) rows.Add(resolution, rate);
        }

        return rows;
    }

    /// <summary>All ways of a row.</summary>
    public static IEnumerable<FaxWay> Of(FaxResolution resolution, int rate) =>
        from pages in (int[])[1, 5]
        from coding in Enum.GetValues<FaxCoding>()
        from ecm in (bool[])[true, false]
        where ecm || coding != FaxCoding.Mmr
        select new FaxWay(ecm, coding, resolution, rate, pages);

    /// <summary>Whether pages are noise, which fills several blocks of error correction.</summary>
    public bool Dense { get; init; }

    /// <summary>Writes the document of this way: light pages, since the line at 2400 bit/s is what takes the time.</summary>
    public void WriteDocument(string path)
    {
        using var writer = TiffFaxWriter.Create(path);
        for (var page = 1; page <= Pages; page++)
        {
            var bitmap = Dense ? SamplePages.Noise(1728, 800, 0.3, page) : SamplePages.Text(1728, 200, page);
            writer.BeginPage(new PageFormat(1728, Resolution), FaxCoding.Mmr);
            for (var y = 0; y < bitmap.Height; y++) writer.WriteRow(bitmap.Row(y));
            writer.EndPage();
        }

        writer.Complete();
    }
}
