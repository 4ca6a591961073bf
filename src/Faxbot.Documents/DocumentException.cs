namespace Faxbot.Documents;

/// <summary>Carries an error from within a document's pages to the renderer's edge, where it becomes a value.</summary>
internal sealed class DocumentException(DocumentErrorClass errorClass, string message) : Exception(message)
{
    public DocumentError Error => new(errorClass, Message);
}
