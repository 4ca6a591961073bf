namespace Faxbot.Documents.Images;

/// <summary>The one page of a PNG or JPEG.</summary>
internal sealed class ImagePageSource : IPageSource
{
    private readonly string _name;
    private readonly Stream _content;
    private readonly PictureLayout _layout;

    /// <summary>Checks the picture; it is decoded when its page is drawn.</summary>
    public ImagePageSource(string name, Stream content, RenderOptions options)
    {
        (_name, _content, _layout) = (name, content, new PictureLayout(options));
        PictureDecoder.Check(name, content, options.Limits);
    }

    /// <inheritdoc />
    public int PageCount => 1;

    /// <inheritdoc />
    public IReadOnlyList<string> Warnings => [];

    /// <inheritdoc />
    public SourcePage Draw(int index, int reserved, CancellationToken cancel)
    {
        using var picture = PictureDecoder.Decode(_name, _content, cancel);
        return _layout.Draw(picture, reserved);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // The file is the rendering's.
    }
}
