using System.Net;
using System.Net.Sockets;
using Faxbot.Documents.Confinement;
using Faxbot.Documents.Tests.Support;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests.Confinement;

public sealed class ConfinementTests : IDisposable
{
    private readonly RenderBench _bench = new();

    [Fact]
    public async Task A_well_behaved_renderer_is_believed()
    {
        var outcome = await RenderAsync(FakeRenderer.OnePage);
        Assert.Null(outcome.Error);
        Assert.Equal(0, Assert.Single(_bench.Pages).Count());
    }

    [Fact]
    public async Task The_renderer_cannot_reach_the_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var outcome = await RenderAsync($"if exec 3<>/dev/tcp/127.0.0.1/{port}; then echo reached >&2; fi 2>/dev/null; {FakeRenderer.OnePage}");
        Assert.Null(outcome.Error);
        Assert.NotNull(outcome.Confinement);
        // Where the machine permits no namespaces, the network is not cut, and the outcome says which confinement there was.
        Assert.Equal(outcome.Confinement == ConfinementLevel.LimitsOnly, outcome.Warnings.Contains("reached"));
        Assert.Equal(outcome.Confinement == ConfinementLevel.LimitsOnly, listener.Pending());
    }

    [Fact]
    public async Task The_renderer_cannot_write_a_file_anywhere()
    {
        var target = _bench.Of("evidence");
        var outcome = await RenderAsync(
            $"trap '' XFSZ; for f in {target} /tmp/evidence-$$ ./evidence /usr/evidence; do if echo written > $f && [ -s $f ]; then echo wrote $f >&2; fi; done 2>/dev/null; {FakeRenderer.OnePage}");
        Assert.Null(outcome.Error);
        Assert.DoesNotContain(outcome.Warnings, warning => warning.StartsWith("wrote", StringComparison.Ordinal));
        Assert.False(File.Exists(target) && new FileInfo(target).Length > 0);
    }

    [Fact]
    public async Task The_renderer_sees_its_input_and_no_other_document()
    {
        var secret = _bench.Put("secret.txt", "secret"u8);
        var outcome = await RenderAsync($"echo files: * >&2; if [ -r {secret} ]; then echo saw it >&2; fi; {FakeRenderer.OnePage}");
        Assert.Contains("files: input.pdf", outcome.Warnings);
        if (outcome.Confinement == ConfinementLevel.Sandbox) Assert.DoesNotContain("saw it", outcome.Warnings);
    }

    [Fact]
    public async Task The_renderer_sees_nothing_of_our_environment()
    {
        Environment.SetEnvironmentVariable("FAXBOT_TEST_SECRET", "swordfish");
        var outcome = await RenderAsync($"echo secret: \"$FAXBOT_TEST_SECRET\" home: \"$HOME\" >&2; {FakeRenderer.OnePage}");
        Assert.Contains("secret:  home: /nonexistent", outcome.Warnings);
    }

    [Fact]
    public async Task The_renderer_cannot_begin_processes()
    {
        var outcome = await RenderAsync($"( exit 0 ) 2>/dev/null; ls / >/dev/null && echo forked >&2; {FakeRenderer.OnePage}");
        // Root is exempt from the kernel's limit, unless it gave up its privileges, as it does here.
        Assert.DoesNotContain("forked", outcome.Warnings);
        Assert.Null(outcome.Error);
    }

    [Fact]
    public async Task A_renderer_that_computes_without_end_is_killed_by_the_kernel() =>
        await ExpectAsync(DocumentErrorClass.TimeLimit, "while :; do :; done", new RenderLimits { ProcessorTime = TimeSpan.FromSeconds(1) });

    [Fact]
    public async Task A_renderer_that_waits_without_end_is_killed_by_us() =>
        await ExpectAsync(DocumentErrorClass.TimeLimit, "exec sleep 1000", new RenderLimits { WallTime = TimeSpan.FromMilliseconds(300) });

    [Fact]
    public async Task A_renderer_that_hangs_in_the_middle_of_a_page_is_killed_by_us() =>
        await ExpectAsync(DocumentErrorClass.TimeLimit, "printf 'P5 1000 1000 255 half a page'; exec sleep 1000", new RenderLimits { WallTime = TimeSpan.FromMilliseconds(500) });

    [Fact]
    public async Task A_renderer_that_hangs_after_its_last_page_is_killed_by_us() =>
        await ExpectAsync(DocumentErrorClass.TimeLimit, FakeRenderer.OnePage + "exec sleep 1000", new RenderLimits { WallTime = TimeSpan.FromMilliseconds(500) });

    [Fact]
    public async Task A_renderer_that_takes_too_much_memory_fails() =>
        await ExpectAsync(DocumentErrorClass.MemoryLimit, "exec mawk 'BEGIN { s = \"x\"; while (1) s = s s }'", new RenderLimits { MemoryOctets = 256L << 20 });

    [Fact]
    public async Task A_page_left_out_for_want_of_memory_is_an_error_even_if_the_renderer_is_content() =>
        await ExpectAsync(DocumentErrorClass.MemoryLimit, "echo 'Out of memory' >&2; " + FakeRenderer.OnePage);

    [Theory]
    [InlineData("exec perl -e 'print \"yes\\n\" while 1'")] // No page at all.
    [InlineData("printf 'P5\\n8 8\\n65535\\n'")]
    [InlineData("printf 'P5\\n99999999999999999999 8\\n255\\n'")]
    [InlineData("printf 'P4\\n8 8\\n'; exec sleep 1000")]
    [InlineData("printf 'P5\\n800 800\\n255\\nshort'")]
    [InlineData("exit 3")]
    [InlineData("kill -SEGV $$")]
    public async Task Nonsense_instead_of_pages_is_an_error(string script) => await ExpectAsync(DocumentErrorClass.Corrupt, script);

    [Fact]
    public async Task More_pages_than_the_renderer_announced_are_not_read() =>
        await ExpectAsync(DocumentErrorClass.Corrupt, FakeRenderer.OnePage + "exec perl -e 'print \"P5 8 8 255\\n\", \"x\" x 64 while 1'");

    [Fact]
    public async Task A_page_of_too_many_pixels_is_not_read() =>
        await ExpectAsync(DocumentErrorClass.TooLarge, "printf 'P5\\n100000 100000\\n255\\n'; exec perl -e 'print \"x\" x 65536 while 1'");

    [Fact]
    public async Task Complaints_without_end_neither_block_nor_fill_memory()
    {
        var outcome = await RenderAsync($"for i in {{1..20000}}; do echo complaint $i >&2; done; {FakeRenderer.OnePage}");
        Assert.Null(outcome.Error);
        Assert.InRange(outcome.Warnings.Count, 1, 5);
    }

    [Fact]
    public async Task Cancelling_leaves_no_process_and_no_file()
    {
        using var cancel = new CancellationTokenSource();
        var options = FakeRenderer.Options(_bench, "printf 'P5 1000 1000 255 half a page'; exec sleep 1000") with { TempFolder = _bench.Temp };
        var rendering = new FaxDocumentRenderer().RenderAsync([new DocumentFile(_bench.Pdf(TestPdf.Framed(595, 842)))], _bench.Output, options, cancel.Token);
        // Its folder shows that it has begun.
        while (!Directory.EnumerateDirectories(_bench.Temp).Any()) await Task.Delay(5, TestContext.Current.CancellationToken);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rendering);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Temp));
        Assert.False(File.Exists(_bench.Output));
        Assert.Empty(ProcessesIn(_bench.Temp));
    }

    [Fact]
    public async Task Less_confinement_than_required_is_refused()
    {
        var options = new RenderOptions { Renderer = new RendererOptions { LeastConfinement = ConfinementLevel.Sandbox + 1 } };
        var error = await _bench.ErrorOfAsync(options, RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.Equal(DocumentErrorClass.RendererMissing, error.Class);
        Assert.Contains("bubblewrap", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _bench.Dispose();

    private async Task<RenderOutcome> RenderAsync(string script, RenderLimits? limits = null)
    {
        var outcome = await _bench.RenderAsync(FakeRenderer.Options(_bench, script, limits), _bench.Pdf(TestPdf.Framed(595, 842)));
        Assert.Empty(ProcessesIn(_bench.Temp));
        return outcome;
    }

    private async Task ExpectAsync(DocumentErrorClass expected, string script, RenderLimits? limits = null)
    {
        var outcome = await RenderAsync(script, limits);
        Assert.True(expected == outcome.Error?.Class, $"{outcome.Error}");
    }

    // Each renderer has its private folder among its arguments, or works in it.
    private static List<string> ProcessesIn(string folder)
    {
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out var id) && id != Environment.ProcessId))
        {
            try
            {
                var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (command.Contains(folder, StringComparison.Ordinal) || new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true)
                    found.Add(command);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is another user's.
            }
        }

        return found;
    }
}
