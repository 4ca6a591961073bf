namespace Faxbot.Documents;

/// <summary>Why a document cannot become fax pages.</summary>
public enum DocumentErrorClass
{
    /// <summary>There is no such file, or it may not be read.</summary>
    NotReadable,
    /// <summary>The file has no octets, or nothing visible.</summary>
    Empty,
    /// <summary>Not a kind of file that is taken.</summary>
    UnsupportedType,
    /// <summary>The file is damaged.</summary>
    Corrupt,
    /// <summary>A password is needed.</summary>
    Encrypted,
    /// <summary>The file is sound and has no page.</summary>
    NoPages,
    /// <summary>More pages than are allowed.</summary>
    TooManyPages,
    /// <summary>More octets or pixels than are allowed, going in or coming out.</summary>
    TooLarge,
    /// <summary>Drawing it took longer than is allowed.</summary>
    TimeLimit,
    /// <summary>Drawing it took more memory than is allowed.</summary>
    MemoryLimit,
    /// <summary>A program or a font that drawing needs is not installed, or may not be confined as required.</summary>
    RendererMissing,
    /// <summary>The fax pages could not be written.</summary>
    OutputFailed,
}

/// <summary>Why a document cannot become fax pages, for programs and for people.</summary>
/// <param name="Class">The kind of trouble.</param>
/// <param name="Message">A sentence that names the file, and one that says what to do.</param>
public sealed record DocumentError(DocumentErrorClass Class, string Message);
