namespace Faxbot.Documents;

/// <summary>The pages of one document, drawn one at a time. What keeps a page from being drawn is thrown as <see cref="DocumentException"/>.</summary>
internal interface IPageSource : IDisposable
{
    /// <summary>How many pages there are.</summary>
    int PageCount { get; }

    /// <summary>What may look other than meant, so far.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Draws a page; fastest in ascending order.</summary>
    /// <param name="index">Counted from 0.</param>
    /// <param name="reserved">Rows at its top that stay free.</param>
    /// <param name="cancel">Stops the drawing.</param>
    SourcePage Draw(int index, int reserved, CancellationToken cancel);
}
