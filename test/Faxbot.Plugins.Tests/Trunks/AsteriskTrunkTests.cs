using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Plugins.Tests.Packages;
using Faxbot.Testing;

namespace Faxbot.Plugins.Tests.Trunks;

/// <summary>What Asterisk is told of the trunk of each package, compared with <c>test/corpus/asterisk</c>.</summary>
public sealed class AsteriskTrunkTests
{
    public static TheoryData<string, string, string> Settings => SampleSettings.Full;

    [Theory]
    [MemberData(nameof(Settings))]
    public void Each_package_makes_the_trunk_that_was_read_over(string folder, string template, string settings)
    {
        var file = new ConfWriter();
        PjsipTrunk.Write(file, "faxbot-trunk", ProviderPackage.Find(folder).Fill(template, settings), []);
        var written = file.ToString();
        var kept = RepositoryRoot.Of("test", "corpus", "asterisk", $"{folder}.{Path.GetFileNameWithoutExtension(template)}.conf");

        Assert.Empty(file.Problems);
        var fresh = Path.Combine(AppContext.BaseDirectory, Path.GetFileName(kept));
        File.WriteAllText(fresh, written);
        Assert.True(File.Exists(kept) && File.ReadAllText(kept) == written, $"Read it over, then: cp {fresh} {kept}");
    }
}
