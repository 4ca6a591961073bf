using System.IO.Compression;
using System.Text;
using Faxbot.Server.Plugins.Install;
using Faxbot.Testing;
using Faxbot.Testing.Plugins;

namespace Faxbot.Server.Tests.Plugins.Install;

/// <summary>Packages as they are written to do harm.</summary>
public sealed class PackageArchiveTests : IDisposable
{
    private const int Link = 0xA1FF, Device = 0x2000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("a/../../outside.txt")]
    [InlineData("/etc/outside.txt")]
    [InlineData("..\\outside.txt")]
    [InlineData("C:/outside.txt")]
    [InlineData("a/%2E%2E/outside.txt")]
    [InlineData("%2e%2e%2foutside.txt")]
    [InlineData("a//outside.txt")]
    [InlineData("a/./outside.txt")]
    [InlineData("outside.txt\0.dll")]
    public void A_name_that_leads_elsewhere_refuses_the_package(string name) =>
        Assert.Contains("leads elsewhere", Refusal(new NupkgFile("A", "1.0.0").With(name, "x")), StringComparison.Ordinal);

    [Theory]
    [InlineData(Link)]
    [InlineData(Device)]
    public void A_link_or_a_device_refuses_the_package(int mode) =>
        Assert.Contains("a link or a device", Refusal(new NupkgFile("A", "1.0.0").With("passwd", "/etc/passwd", mode)), StringComparison.Ordinal);

    [Fact]
    public void Two_names_that_are_one_elsewhere_refuse_the_package()
    {
        Assert.Contains("two files", Refusal(new NupkgFile("A", "1.0.0").With("Same.dll", "1").With("same.DLL", "2")), StringComparison.Ordinal);
        Assert.Contains("a file and a folder", Refusal(new NupkgFile("A", "1.0.0").With("Same", "1").With("same/inner", "2")), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_and_too_large_files_refuse_the_package()
    {
        var many = Enumerable.Range(0, 20).Aggregate(new NupkgFile("A", "1.0.0"), (file, number) => file.With($"{number}.txt", "x"));
        var two = new NupkgFile("A", "1.0.0").With("1.bin", new byte[60_000]).With("2.bin", new byte[60_000]);

        Assert.Contains("of 10 allowed", Refusal(many, new PackageLimits { Files = 10 }), StringComparison.Ordinal);
        Assert.Contains("is larger than 50000 octets", Refusal(two, new PackageLimits { File = 50_000 }), StringComparison.Ordinal);
        Assert.Contains("its files are larger than 100000 octets", Refusal(two, new PackageLimits { Unpacked = 100_000 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_never_grows_beyond_what_it_said_in_the_table_of_contents()
    {
        var path = new NupkgFile("A", "1.0.0").With("bomb.bin", new byte[1_000_000]).WriteTo(_folder.FullPath);
        SayLength(path, "bomb.bin", 1_000_000, 10);
        using var archive = new PackageArchive(File.OpenRead(path), "A", new PackageLimits { File = 100_000 });

        Assert.Equal(10, archive.Extract("bomb.bin", _folder.Of("bomb.bin")));

        Assert.Equal(10, new FileInfo(_folder.Of("bomb.bin")).Length);
    }

    [Fact]
    public void What_is_no_package_is_refused()
    {
        File.WriteAllText(_folder.Of("a.nupkg"), "no archive");
        using (var zip = ZipFile.Open(_folder.Of("b.nupkg"), ZipArchiveMode.Create)) zip.CreateEntry("manifest.json");

        Assert.Contains("no NuGet package", Refusal(_folder.Of("a.nupkg"), new PackageLimits()), StringComparison.Ordinal);
        Assert.Contains("needs one .nuspec", Refusal(_folder.Of("b.nupkg"), new PackageLimits()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_that_grows_by_its_own_entities_is_refused()
    {
        using (var zip = ZipFile.Open(_folder.Of("a.nupkg"), ZipArchiveMode.Create))
        {
            using var text = new StreamWriter(zip.CreateEntry("a.nuspec").Open());
            text.Write("""<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><package><metadata><id>A</id><version>1.0.0</version><description>&b;</description></metadata></package>""");
        }

        Assert.Contains(".nuspec cannot be read", Refusal(_folder.Of("a.nupkg"), new PackageLimits()), StringComparison.Ordinal);
    }

    private string Refusal(NupkgFile file, PackageLimits? limits = null) => Refusal(file.WriteTo(_folder.FullPath), limits ?? new PackageLimits());

    private static string Refusal(string path, PackageLimits limits) =>
        Assert.Throws<PluginInstallException>(() => new PackageArchive(File.OpenRead(path), "A 1.0.0", limits)).Message;

    // In the table of contents (APPNOTE 4.3.12) the lengths stand 22 octets before the name.
    private static void SayLength(string path, string name, int was, int says)
    {
        const int ToName = 22;
        var octets = File.ReadAllBytes(path);
        var at = octets.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(name)) - ToName;
        Assert.Equal(was, BitConverter.ToInt32(octets, at));
        BitConverter.TryWriteBytes(octets.AsSpan(at), says);
        File.WriteAllBytes(path, octets);
    }
}
