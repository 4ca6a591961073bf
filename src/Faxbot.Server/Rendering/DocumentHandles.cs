using Faxbot.Sdk.Context;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Jobs;

namespace Faxbot.Server.Rendering;

/// <summary>How plugins name documents: the fax and the form, <c>FAX.FORM</c>. A form is a quality of drawn pages, or <c>pdf</c>.</summary>
internal static class DocumentHandles
{
    public const string Tiff = "image/tiff";
    public const string Pdf = "application/pdf";
    public const string PdfForm = "pdf";

    public static string FormOf(PageQuality quality) => Words<PageQuality>.Of(quality);

    public static DocumentHandle Create(string faxId, string form, int pages) => new($"{faxId}.{form}", form == PdfForm ? Pdf : Tiff, pages);

    /// <summary>The name of a drawn form among those of the document: of this fax alone, since pages bear who sends to whom and when.</summary>
    public static string Variant(FaxJob job, string form) => $"{job.Id}.{form}";

    /// <summary>Takes a handle apart; it may come from anywhere.</summary>
    public static bool TryParse(DocumentHandle handle, out string faxId, out string form)
    {
        var parts = handle.Id.Split('.');
        (faxId, form) = parts is [{ Length: > 0 } fax, { Length: > 0 } kind] ? (fax, kind) : ("", "");
        return faxId.Length > 0;
    }
}
