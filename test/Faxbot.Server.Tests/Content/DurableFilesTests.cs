using Faxbot.Server.Content;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Content;

public sealed class DurableFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_those_who_write_a_new_file_at_once_one_succeeds()
    {
        const int Writers = 4;
        for (var round = 0; round < 50; round++)
        {
            var path = _folder.Of($"{round}");
            using var start = new Barrier(Writers);
            var won = new bool[Writers];
            var threads = Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
            {
                start.SignalAndWait();
                won[writer] = Writes(path, [(byte)writer]);
            })).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();

            Assert.Equal([(byte)Array.IndexOf(won, true)], File.ReadAllBytes(path));
            Assert.Single(won, true);
        }

        Assert.Equal(50, Directory.GetFiles(_folder.FullPath).Length);
    }

    [Fact]
    public void A_file_is_replaced_where_that_is_wanted_and_not_otherwise()
    {
        DurableFiles.Write(_folder.Of("a"), [1], replace: false);
        Assert.Throws<IOException>(() => DurableFiles.Write(_folder.Of("a"), [2], replace: false));
        Assert.Equal([1], File.ReadAllBytes(_folder.Of("a")));

        DurableFiles.Write(_folder.Of("a"), [3], replace: true);

        Assert.Equal([3], File.ReadAllBytes(_folder.Of("a")));
        Assert.Single(Directory.GetFiles(_folder.FullPath));
    }

    private static bool Writes(string path, byte[] octets)
    {
        try
        {
            DurableFiles.Write(path, octets, replace: false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
