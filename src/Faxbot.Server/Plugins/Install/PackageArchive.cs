using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Faxbot.Server.Content;
using NuGet.Packaging;
using NuGet.Packaging.Core;

namespace Faxbot.Server.Plugins.Install;

/// <summary>
/// A package's file, read as what a stranger wrote: names that lead out of a folder, links, two names that are one on another system, and more than the
/// limits allow refuse it. What an entry says of its size is not believed: octets are counted as they come.
/// </summary>
internal sealed class PackageArchive : IDisposable
{
    private const int LargestText = 1 << 20;
    // Of st_mode, in the upper half of the attributes where the archive was made on Unix.
    private const int KindOfFile = 0xF000, RegularFile = 0x8000, Folder = 0x4000;

    private readonly ZipArchive _zip;
    private readonly string _name;
    private readonly PackageLimits _limits;
    private readonly Dictionary<string, ZipArchiveEntry> _files = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks at the whole of its table of contents.</summary>
    /// <param name="content">The package; it is closed with this.</param>
    /// <param name="name">For messages.</param>
    /// <param name="limits">What it may hold.</param>
    /// <exception cref="PluginInstallException">It is not taken.</exception>
    public PackageArchive(Stream content, string name, PackageLimits limits)
    {
        (_name, _limits) = (name, limits);
        try
        {
            _zip = new ZipArchive(content, ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            content.Dispose();
            throw Refused("it is no NuGet package (ZIP)");
        }

        try
        {
            CheckEntries();
            Nuspec = ReadNuspec();
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <summary>What it says of itself.</summary>
    public NuspecReader Nuspec { get; }

    /// <summary>Its files, as paths with slashes.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>Writes a file to a path that is not there; durable when it returns, but for the folder's own name.</summary>
    /// <returns>Its octets.</returns>
    public long Extract(string file, string path)
    {
        using var target = DurableFiles.Create(path);
        var octets = Copy(file, target, _limits.File);
        target.Flush(flushToDisk: true);
        return octets;
    }

    /// <summary>A small text at the package's root.</summary>
    /// <exception cref="PluginInstallException">It is not there, or too large.</exception>
    public string ReadText(string file)
    {
        if (!_files.ContainsKey(file)) throw Refused($"it has no {file} at its root");
        using var text = new MemoryStream();
        Copy(file, text, LargestText);
        return Encoding.UTF8.GetString(text.ToArray()).TrimStart('\uFEFF');
    }

    public void Dispose() => _zip.Dispose();

    private long Copy(string file, Stream target, long most)
    {
        try
        {
            using var source = _files[file].Open();
            using var limited = new LimitedStream(target, most);
            source.CopyTo(limited);
            return limited.Written;
        }
        catch (InvalidDataException)
        {
            throw Refused($"its file {file} is damaged");
        }
        catch (LimitExceededException)
        {
            throw Refused($"its file {file} is larger than {most} octets");
        }
    }

    private void CheckEntries()
    {
        if (_zip.Entries.Count > _limits.Files) throw Refused($"it has {_zip.Entries.Count} files, of {_limits.Files} allowed");
        HashSet<string> folders = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in _zip.Entries)
        {
            var path = ArchivePath.Read(entry.FullName) ?? throw Refused($"the name of its file \"{Printable(entry.FullName)}\" leads elsewhere");
            if (((entry.ExternalAttributes >> 16) & KindOfFile) is not (0 or RegularFile or Folder)) throw Refused($"its file {path} is a link or a device");
            if (path.EndsWith('/')) continue;
            if (entry.Length > _limits.File) throw Refused($"its file {path} is larger than {_limits.File} octets");
            if (!_files.TryAdd(path, entry)) throw Refused($"it has two files {path}");
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1)) folders.Add(path[..slash]);
        }

        if (_files.Keys.FirstOrDefault(folders.Contains) is { } both) throw Refused($"it has a file and a folder {both}");
        if (_files.Values.Sum(entry => entry.Length) > _limits.Unpacked) throw Refused($"its files are larger than {_limits.Unpacked} octets");
    }

    private NuspecReader ReadNuspec()
    {
        if (_files.Keys.Where(path => path.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) && !path.Contains('/', StringComparison.Ordinal)).ToArray() is not [var path])
            throw Refused("it is no NuGet package: it needs one .nuspec");
        using var text = new MemoryStream();
        Copy(path, text, LargestText);
        text.Position = 0;
        try
        {
            // Without a document type, which could be made to grow without end.
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var nuspec = new NuspecReader(XDocument.Load(reader));
            return nuspec.GetIdentity() is { Id.Length: > 0, HasVersion: true } ? nuspec : throw Refused("its .nuspec has no id or version");
        }
        catch (Exception broken) when (broken is XmlException or PackagingException or ArgumentException or FormatException)
        {
            throw Refused($"its .nuspec cannot be read: {broken.Message.TrimEnd('.')}");
        }
    }

    private PluginInstallException Refused(string reason) => PluginInstallException.Refused($"The package {_name} is refused: {reason}.");

    private static string Printable(string name) => new([.. name.Take(80).Select(letter => char.IsControl(letter) ? '?' : letter)]);
}
