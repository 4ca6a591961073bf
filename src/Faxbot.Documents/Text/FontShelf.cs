using System.Text;
using SkiaSharp;

namespace Faxbot.Documents.Text;

/// <summary>
/// The fonts of the machine, found by their files: the drawing library comes without a font catalogue. DejaVu is what text and headers
/// are set in; other fonts lend the characters that it lacks. Not thread-safe.
/// </summary>
internal sealed class FontShelf(IReadOnlyList<string> folders) : IDisposable
{
    private const int MostFiles = 4000;
    private static readonly string[] SystemFolders = ["/usr/share/fonts", "/usr/local/share/fonts"];
    private static readonly string[] Extensions = [".ttf", ".otf", ".ttc"];

    // Families of wide coverage first, so that few files are opened.
    private static readonly string[] Preferred = ["DejaVuSans.ttf", "NotoSansCJK-Regular.ttc", "DroidSansFallback", "NotoSans"];

    private readonly Dictionary<string, SKTypeface> _open = [];
    private readonly Dictionary<int, SKTypeface?> _lenders = [];
    private string[]? _files;

    /// <summary>A font by the name of its file.</summary>
    /// <exception cref="DocumentException">It is in none of the folders.</exception>
    public SKTypeface Get(string fileName)
    {
        var path = Files().FirstOrDefault(file => Path.GetFileName(file) == fileName);
        return (path is null ? null : Open(path)) ?? throw new DocumentException(DocumentErrorClass.RendererMissing,
            $"The font {fileName} was not found in {string.Join(", ", folders.Concat(SystemFolders))}. Install the package fonts-dejavu-core.");
    }

    /// <summary>A font that has a character which <paramref name="font"/> lacks; null when none has it.</summary>
    public SKTypeface? Lend(SKTypeface font, Rune character)
    {
        if (font.ContainsGlyph(character.Value)) return font;
        if (_lenders.TryGetValue(character.Value, out var known)) return known;
        var lender = _open.Values.FirstOrDefault(open => open.ContainsGlyph(character.Value));
        foreach (var file in lender is null ? Files() : [])
        {
            if (Open(file) is not { } candidate || !candidate.ContainsGlyph(character.Value)) continue;
            lender = candidate;
            break;
        }

        return _lenders[character.Value] = lender;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var font in _open.Values) font.Dispose();
    }

    private SKTypeface? Open(string path)
    {
        if (_open.TryGetValue(path, out var font)) return font;
        font = SKTypeface.FromFile(path);
        if (font is not null) _open[path] = font;
        return font;
    }

    private string[] Files()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        return _files ??= [.. folders.Concat(SystemFolders).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Take(MostFiles)
            .OrderBy(Rank).ThenBy(file => file, StringComparer.Ordinal)];
    }

    private static int Rank(string file)
    {
        var rank = Array.FindIndex(Preferred, name => Path.GetFileName(file).StartsWith(name, StringComparison.Ordinal));
        return rank < 0 ? Preferred.Length : rank;
    }
}
