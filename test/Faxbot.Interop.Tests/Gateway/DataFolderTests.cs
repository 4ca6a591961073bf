using System.Runtime.Versioning;
using Faxbot.Testing;
using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

public sealed class DataFolderTests
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Nobody_else_may_read_what_the_gateway_writes()
    {
        await DebianPackages.EnsureAsync("poppler-utils", "fonts-dejavu-core");
        using var folder = new TempFolder();
        await using (var gateway = await GatewayProcess.StartAsync(folder.FullPath, cut: TestContext.Current.CancellationToken))
        {
            using var client = gateway.Client();
            var fax = await GatewayProcess.SendAsync(client, "+15550100100", RepositoryRoot.Of("samples", "letter.pdf"));
            await GatewayProcess.WaitAsync(client, fax.GetProperty("id").GetString()!, value => value.GetProperty("status").GetString() == "SUCCESS", TimeSpan.FromMinutes(2));
            await gateway.KillAsync();
        }

        var written = Directory.EnumerateFileSystemEntries(folder.FullPath, "*", SearchOption.AllDirectories).ToArray();

        Assert.Contains(written, path => path.EndsWith("faxbot.db", StringComparison.Ordinal));
        Assert.Contains(written, path => path.EndsWith("spool", StringComparison.Ordinal));
        Assert.All(written, path => Assert.True((File.GetUnixFileMode(path) & Others) == 0, $"{path} is {File.GetUnixFileMode(path)}"));
    }
}
