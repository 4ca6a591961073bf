using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Faxbot.Testing.Plugins;

/// <summary>Writes a NuGet package as an author's tools do, or with entries as no honest tool makes them.</summary>
/// <param name="id">The package's id.</param>
/// <param name="version">Its version.</param>
public sealed class NupkgFile(string id, string version)
{
    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
    private readonly List<(string Name, byte[] Content, int Mode)> _entries = [];
    private readonly List<(string Id, string Range)> _dependencies = [];
    private string? _type = "FaxbotPlugin";

    /// <summary>A package whose type is another, or none.</summary>
    public NupkgFile OfType(string? type)
    {
        _type = type;
        return this;
    }

    /// <summary>Adds a file with that text.</summary>
    /// <param name="name">Its name as it is to stand in the archive.</param>
    /// <param name="text">What it says.</param>
    /// <param name="mode">Its st_mode on Unix; 0 says nothing.</param>
    public NupkgFile With(string name, string text, int mode = 0) => With(name, Encoding.UTF8.GetBytes(text), mode);

    /// <summary>Adds a file with these octets.</summary>
    public NupkgFile With(string name, byte[] content, int mode = 0)
    {
        _entries.Add((name, content, mode));
        return this;
    }

    /// <summary>Adds an assembly for net10.0.</summary>
    public NupkgFile WithAssembly(string path) => With($"lib/net10.0/{Path.GetFileName(path)}", File.ReadAllBytes(path));

    /// <summary>Says that it needs another package.</summary>
    public NupkgFile Needing(string package, string range)
    {
        _dependencies.Add((package, range));
        return this;
    }

    /// <summary>Writes it into a folder and gives its path.</summary>
    public string WriteTo(string folder)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{id}.{version}.nupkg");
        using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Write(zip, $"{id}.nuspec", Encoding.UTF8.GetBytes(Describe().ToString()), 0);
        foreach (var (name, content, mode) in _entries) Write(zip, name, content, mode);
        return path;
    }

    private static void Write(ZipArchive zip, string name, byte[] content, int mode)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = mode << 16;
        using var target = entry.Open();
        target.Write(content);
    }

    private XElement Describe() => new(
        Nuspec + "package",
        new XElement(
            Nuspec + "metadata",
            new XElement(Nuspec + "id", id),
            new XElement(Nuspec + "version", version),
            new XElement(Nuspec + "authors", "Tests"),
            new XElement(Nuspec + "description", $"{id} for tests"),
            _type is null ? null : new XElement(Nuspec + "packageTypes", new XElement(Nuspec + "packageType", new XAttribute("name", _type))),
            new XElement(
                Nuspec + "dependencies",
                new XElement(
                    Nuspec + "group",
                    new XAttribute("targetFramework", "net10.0"),
                    _dependencies.Select(one => new XElement(Nuspec + "dependency", new XAttribute("id", one.Id), new XAttribute("version", one.Range)))))));
}
