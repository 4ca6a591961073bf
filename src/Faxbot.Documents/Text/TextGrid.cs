using System.Globalization;
using System.Text;

namespace Faxbot.Documents.Text;

/// <summary>One character as it is drawn: a letter with its marks, at a column.</summary>
internal readonly record struct TextCell(string Text, int Column);

/// <summary>A line of text as it is drawn.</summary>
internal readonly record struct TextLine(IReadOnlyList<TextCell> Cells, bool StartsPage);

/// <summary>
/// Sets text as a terminal would: columns of one width, two of them for East Asian characters, tabs every eight, lines too long broken at
/// a blank where there is one.
/// </summary>
internal sealed class TextGrid(int columns)
{
    private const int TabWidth = 8;

    /// <summary>Breaks text into lines. A form feed begins a page.</summary>
    public IEnumerable<TextLine> Break(string text)
    {
        var startsPage = false;
        foreach (var page in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\f'))
        {
            // A page ends with its last line's end; what follows the last form feed is a page only if there is something.
            var lines = page.EndsWith('\n') ? page[..^1] : page;
            if (startsPage && page.Length == 0) continue;
            foreach (var line in lines.Split('\n'))
            {
                foreach (var row in Wrap(line))
                {
                    yield return new TextLine(row, startsPage);
                    startsPage = false;
                }
            }

            startsPage = true;
        }
    }

    private IEnumerable<IReadOnlyList<TextCell>> Wrap(string line)
    {
        var (row, column, lastBlank) = (new List<TextCell>(), 0, -1);
        foreach (var cluster in Clusters(line))
        {
            if (cluster == "\t")
            {
                column = Math.Min(columns, (column / TabWidth * TabWidth) + TabWidth);
                lastBlank = row.Count;
                continue;
            }

            var width = Width(cluster);
            if (column + width > columns && row.Count > 0)
            {
                if (cluster == " ") continue;
                var rest = lastBlank > 0 && lastBlank < row.Count ? row[lastBlank..] : lastBlank == row.Count ? [] : null;
                if (rest is not null) row.RemoveRange(lastBlank, row.Count - lastBlank);
                yield return row;
                row = [];
                column = 0;
                foreach (var cell in rest ?? [])
                {
                    row.Add(new TextCell(cell.Text, column));
                    column += Width(cell.Text);
                }

                lastBlank = -1;
            }

            if (cluster != " ") row.Add(new TextCell(cluster, column));
            else lastBlank = row.Count;
            column += width;
        }

        yield return row;
    }

    private static IEnumerable<string> Clusters(string line)
    {
        var elements = StringInfo.GetTextElementEnumerator(line);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }

    // Unicode Annex 11: the blocks whose characters are wide or full-width.
    private static int Width(string cluster) => Rune.GetRuneAt(cluster, 0).Value switch
    {
        >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xA960 and <= 0xA97C => 2,
        >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF01 and <= 0xFF60 => 2,
        >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1F64F or >= 0x1F900 and <= 0x1F9FF or >= 0x20000 and <= 0x3FFFD => 2,
        _ => 1,
    };
}
