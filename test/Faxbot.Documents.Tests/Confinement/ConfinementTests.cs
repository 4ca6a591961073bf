using System.Net;
using System.Net.Sockets;
using Faxbot.Documents.Confinement;
using Faxbot.Documents.Tests.Support;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests.Confinement;

public sealed class ConfinementTests : IDisposable
{
    private readonly RenderBench _bench = new();

    // What the machine permits, from the weakest on.
    public static TheoryData<ConfinementLevel> Levels =>
        [.. Enum.GetValues<ConfinementLevel>().Where(level => level <= FaxDocumentRenderer.HostConfinement)];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task A_well_behaved_renderer_is_believed(ConfinementLevel level)
    {
        var outcome = await RenderAsync(level, FakeRenderer.OnePage);
        Assert.Null(outcome.Error);
        Assert.Equal(0, Assert.Single(_bench.Pages).Count());
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task The_renderer_cannot_reach_the_network(ConfinementLevel level)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var outcome = await RenderAsync(level, $"if exec 3<>/dev/tcp/127.0.0.1/{port}; then echo reached >&2; fi; {FakeRenderer.OnePage}");
        Assert.Null(outcome.Error);
        Assert.Equal(level, outcome.Confinement);
        // Where the machine permits no namespaces, the network is not cut, and the outcome says which confinement there was.
        Assert.Equal(level == ConfinementLevel.LimitsOnly, outcome.Warnings.Contains("reached"));
        Assert.Equal(level == ConfinementLevel.LimitsOnly, listener.Pending());
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task The_renderer_cannot_write_a_file_anywhere(ConfinementLevel level)
    {
        var (target, temporary) = (_bench.Of("evidence"), Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        // Complaints are silenced, as only the first few are kept.
        var outcome = await RenderAsync(
            level, $"trap '' XFSZ; for f in {target} {temporary} ./evidence /usr/evidence; do echo written > $f && [ -s $f ] && wrote=\"$wrote $f\"; done 2>&-; echo wrote: $wrote >&2; {FakeRenderer.OnePage}");
        File.Delete(temporary); // Where its user may make files, this one and the target were made and stayed empty.
        Assert.Null(outcome.Error);
        Assert.Equal(["wrote:"], outcome.Warnings);
        Assert.False(File.Exists(target) && new FileInfo(target).Length > 0);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task The_renderer_sees_its_input_and_no_other_document(ConfinementLevel level)
    {
        var secret = _bench.Put("secret.txt", "secret"u8);
        var outcome = await RenderAsync(level, $"echo files: * >&2; if [ -r {secret} ]; then echo saw it >&2; fi; {FakeRenderer.OnePage}");
        Assert.Contains("files: input.pdf", outcome.Warnings);
        if (level == ConfinementLevel.Sandbox) Assert.DoesNotContain("saw it", outcome.Warnings);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task The_renderer_sees_nothing_of_our_environment(ConfinementLevel level)
    {
        Environment.SetEnvironmentVariable("FAXBOT_TEST_SECRET", "swordfish");
        var outcome = await RenderAsync(level, $"echo secret: \"$FAXBOT_TEST_SECRET\" home: \"$HOME\" >&2; {FakeRenderer.OnePage}");
        Assert.Contains("secret:  home: /nonexistent", outcome.Warnings);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task The_renderer_cannot_begin_processes(ConfinementLevel level)
    {
        // perl, because a shell tries for a quarter of a minute and then gives up altogether. Root is exempt from the kernel's limit, unless it gave
        // up its privileges, as it does here.
        var outcome = await RenderAsync(level, """
            exec perl - <<<'$id = fork; exit if defined $id && $id == 0; print STDERR "forked\n" if defined $id; print "P5\n8 8\n255\n", "\xff" x 64; print STDERR "1 1 \n"'
            """);
        Assert.DoesNotContain("forked", outcome.Warnings);
        Assert.Null(outcome.Error);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task A_renderer_that_computes_without_end_is_killed_by_the_kernel(ConfinementLevel level) =>
        await ExpectAsync(level, DocumentErrorClass.TimeLimit, "while :; do :; done", new RenderLimits { ProcessorTime = TimeSpan.FromSeconds(1) });

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task A_renderer_that_waits_without_end_is_killed_by_us(ConfinementLevel level) =>
        await ExpectAsync(level, DocumentErrorClass.TimeLimit, "exec sleep 1000", new RenderLimits { WallTime = TimeSpan.FromMilliseconds(300) });

    [Fact]
    public async Task A_renderer_that_hangs_in_the_middle_of_a_page_is_killed_by_us() =>
        await ExpectAsync(DocumentErrorClass.TimeLimit, "printf 'P5 1000 1000 255 half a page'; exec sleep 1000", new RenderLimits { WallTime = TimeSpan.FromMilliseconds(500) });

    [Fact]
    public async Task A_renderer_that_hangs_after_its_last_page_is_killed_by_us() =>
        await ExpectAsync(DocumentErrorClass.TimeLimit, FakeRenderer.OnePage + "exec sleep 1000", new RenderLimits { WallTime = TimeSpan.FromMilliseconds(500) });

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task A_renderer_that_takes_too_much_memory_fails(ConfinementLevel level) =>
        await ExpectAsync(level, DocumentErrorClass.MemoryLimit, "exec mawk 'BEGIN { s = \"x\"; while (1) s = s s }'", new RenderLimits { MemoryOctets = 256L << 20 });

    [Fact]
    public async Task That_the_renderer_cannot_write_its_index_of_fonts_is_meant_and_no_warning()
    {
        var outcome = await RenderAsync("echo 'Fontconfig error: No writable cache directories' >&2; echo other >&2; " + FakeRenderer.OnePage);
        Assert.Equal(["other"], outcome.Warnings);
    }

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

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Cancelling_leaves_no_process_and_no_file(ConfinementLevel level)
    {
        using var cancel = new CancellationTokenSource();
        var options = FakeRenderer.Options(_bench, "printf 'P5 1000 1000 255 half a page'; exec sleep 1000", level: level) with { TempFolder = _bench.Temp };
        var rendering = new FaxDocumentRenderer().RenderAsync([new DocumentFile(_bench.Pdf(TestPdf.Framed(595, 842)))], _bench.Output, options, cancel.Token);
        // Its folder shows that it has begun.
        await Eventually.HoldsAsync(() => Directory.EnumerateDirectories(_bench.Temp).Any(), TimeSpan.FromMinutes(1));
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

    private Task<RenderOutcome> RenderAsync(string script) => RenderAsync(ConfinementLevel.Sandbox, script);

    private async Task<RenderOutcome> RenderAsync(ConfinementLevel level, string script, RenderLimits? limits = null)
    {
        var outcome = await _bench.RenderAsync(FakeRenderer.Options(_bench, script, limits, level), _bench.Pdf(TestPdf.Framed(595, 842)));
        Assert.Empty(ProcessesIn(_bench.Temp));
        return outcome;
    }

    private Task ExpectAsync(DocumentErrorClass expected, string script, RenderLimits? limits = null) =>
        ExpectAsync(ConfinementLevel.Sandbox, expected, script, limits);

    private async Task ExpectAsync(ConfinementLevel level, DocumentErrorClass expected, string script, RenderLimits? limits = null)
    {
        var outcome = await RenderAsync(level, script, limits);
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
