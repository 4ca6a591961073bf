using System.Text;
using Faxbot.Documents.Tests.Support;
using Faxbot.Testing;

namespace Faxbot.Documents.Tests;

public sealed class DocumentErrorTests : IDisposable
{
    private readonly RenderBench _bench = new();

    [Fact]
    public async Task A_missing_file_is_named() =>
        await ExpectAsync(DocumentErrorClass.NotReadable, _bench.Of("nowhere.pdf"));

    [Fact]
    public async Task A_folder_is_no_document()
    {
        Directory.CreateDirectory(_bench.Of("folder.pdf"));
        await ExpectAsync(DocumentErrorClass.NotReadable, _bench.Of("folder.pdf"));
    }

    [Fact]
    public async Task An_empty_file_is_no_document() => await ExpectAsync(DocumentErrorClass.Empty, _bench.Put("empty.pdf", []));

    [Fact]
    public async Task A_text_of_blanks_is_no_document() => await ExpectAsync(DocumentErrorClass.Empty, _bench.Put("blank.txt", " \t\r\n\f\n "u8));

    [Theory]
    [InlineData("PK\u0003\u0004 and so on", "Office")]
    [InlineData("{\\rtf1 Hello}", "rich-text")]
    [InlineData("%!PS-Adobe-3.0\nshowpage", "PostScript")]
    [InlineData("<!DOCTYPE html><p>Hello", "web page")]
    [InlineData("GIF89a.....", "GIF")]
    [InlineData("Hello\0world", "none of the kinds")]
    public async Task What_cannot_be_faxed_is_told_by_its_content(string content, string named)
    {
        var error = await ExpectAsync(DocumentErrorClass.UnsupportedType, _bench.Put("letter.pdf", Encoding.Latin1.GetBytes(content)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_refused_with_the_place()
    {
        var error = await ExpectAsync(DocumentErrorClass.UnsupportedType, _bench.Put("latin1.txt", [.. "na"u8, 0xEF, .. "ve"u8]));
        Assert.Contains("octet 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UTF_16_is_refused() =>
        Assert.Contains("UTF-16", (await ExpectAsync(DocumentErrorClass.UnsupportedType, _bench.Put("wide.txt", [0xFF, 0xFE, (byte)'a', 0]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_PDF_with_a_password_is_refused() =>
        await ExpectAsync(DocumentErrorClass.Encrypted, RenderBench.Corpus("password.pdf"));

    [Fact]
    public async Task A_PDF_that_is_only_locked_against_changes_is_rendered()
    {
        var pages = await _bench.PagesOfAsync(null, RenderBench.Corpus("owner-password.pdf"));
        Assert.True(pages[0].Count() > 500);
    }

    [Fact]
    public async Task A_PDF_of_noise_is_corrupt()
    {
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        await ExpectAsync(DocumentErrorClass.Corrupt, _bench.Put("noise.pdf", [.. "%PDF-1.7\n"u8, .. noise]));
    }

    [Fact]
    public async Task A_PDF_cut_short_before_its_pages_is_corrupt()
    {
        var letter = await File.ReadAllBytesAsync(RepositoryRoot.Of("samples", "letter.pdf"), TestContext.Current.CancellationToken);
        await ExpectAsync(DocumentErrorClass.Corrupt, _bench.Put("cut.pdf", letter.AsSpan(0, 3000)));
    }

    [Fact]
    public async Task A_PDF_without_pages_says_so() => await ExpectAsync(DocumentErrorClass.NoPages, _bench.Pdf());

    [Fact]
    public async Task Too_many_pages_are_refused()
    {
        var error = await ExpectAsync(DocumentErrorClass.TooManyPages, new RenderLimits { Pages = 2 }, RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.Contains("2 pages", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_several_files_count_together()
    {
        var text = _bench.Put("one.txt", "one"u8);
        await ExpectAsync(DocumentErrorClass.TooManyPages, new RenderLimits { Pages = 3 }, text, RepositoryRoot.Of("samples", "letter.pdf"));
        await ExpectAsync(DocumentErrorClass.TooManyPages, new RenderLimits { Pages = 3 }, RepositoryRoot.Of("samples", "letter.pdf"), text);
        await ExpectAsync(DocumentErrorClass.TooManyPages, new RenderLimits { Pages = 1 }, _bench.Put("two.txt", "one\n\ftwo"u8));
        await ExpectAsync(DocumentErrorClass.TooManyPages, new RenderLimits { Pages = 2 }, RenderBench.Corpus("colour-lzw.tif"));
    }

    [Fact]
    public async Task As_many_pages_as_are_allowed_are_rendered() =>
        Assert.Equal(3, (await _bench.PagesOfAsync(new RenderOptions { Limits = new RenderLimits { Pages = 3 } }, RepositoryRoot.Of("samples", "letter.pdf"))).Count);

    [Fact]
    public async Task A_file_larger_than_allowed_is_refused() =>
        await ExpectAsync(DocumentErrorClass.TooLarge, new RenderLimits { InputOctets = 1000 }, RepositoryRoot.Of("samples", "letter.pdf"));

    [Fact]
    public async Task More_fax_data_than_allowed_is_refused() =>
        await ExpectAsync(DocumentErrorClass.TooLarge, new RenderLimits { OutputOctets = 10_000 }, RepositoryRoot.Of("samples", "letter.pdf"));

    [Fact]
    public async Task A_picture_that_claims_too_many_pixels_is_never_decoded() =>
        Assert.Contains("60000 x 60000", (await ExpectAsync(DocumentErrorClass.TooLarge, RenderBench.Corpus("bomb.png"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("interlaced.png")]
    [InlineData("grey16.png")]
    [InlineData("orientation1.jpg")]
    [InlineData("progressive.jpg")]
    public async Task A_picture_that_ends_early_is_corrupt(string name)
    {
        var whole = await File.ReadAllBytesAsync(RenderBench.Corpus(name), TestContext.Current.CancellationToken);
        await ExpectAsync(DocumentErrorClass.Corrupt, _bench.Put("half-" + name, whole.AsSpan(0, whole.Length * 6 / 10)));
    }

    [Fact]
    public async Task A_TIFF_that_is_damaged_is_corrupt()
    {
        var whole = await File.ReadAllBytesAsync(RenderBench.Corpus("colour-lzw.tif"), TestContext.Current.CancellationToken);
        await ExpectAsync(DocumentErrorClass.Corrupt, _bench.Put("half.tif", whole.AsSpan(0, whole.Length / 2)));
    }

    [Fact]
    public async Task A_renderer_that_is_not_installed_is_named_with_its_package()
    {
        var error = await _bench.ErrorOfAsync(
            new RenderOptions { Renderer = new RendererOptions { PdfToPpm = "/usr/bin/no-such-pdftoppm" } }, RepositoryRoot.Of("samples", "letter.pdf"));
        Assert.Equal(DocumentErrorClass.RendererMissing, error.Class);
        Assert.Contains("poppler-utils", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_named()
    {
        var outcome = await new FaxDocumentRenderer().RenderAsync(
            [new DocumentFile(_bench.Put("a.txt", "a"u8))], _bench.Of("no/such/folder/out.tif"), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(DocumentErrorClass.OutputFailed, outcome.Error?.Class);
        Assert.Contains("out.tif", outcome.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_leaves_a_file_that_was_there_alone()
    {
        var output = _bench.Put("kept.tif", "kept"u8);
        var outcome = await new FaxDocumentRenderer().RenderAsync([new DocumentFile(_bench.Put("empty.txt", []))], output, cancel: TestContext.Current.CancellationToken);
        Assert.NotNull(outcome.Error);
        Assert.Equal("kept", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_name_that_people_know_is_in_the_sentence()
    {
        var outcome = await new FaxDocumentRenderer().RenderAsync(
            [new DocumentFile(_bench.Put("8f3a.bin", []), "Invoice 12.pdf")], _bench.Output, cancel: TestContext.Current.CancellationToken);
        Assert.StartsWith("Invoice 12.pdf ", outcome.Error?.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _bench.Dispose();

    private Task<DocumentError> ExpectAsync(DocumentErrorClass expected, params string[] files) => ExpectAsync(expected, new RenderLimits(), files);

    private async Task<DocumentError> ExpectAsync(DocumentErrorClass expected, RenderLimits limits, params string[] files)
    {
        var error = await _bench.ErrorOfAsync(new RenderOptions { Limits = limits }, files);
        Assert.Equal(expected, error.Class);
        return error;
    }
}
