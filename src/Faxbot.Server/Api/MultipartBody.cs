namespace Faxbot.Server.Api;

/// <summary>
/// Describes a body that its endpoint reads by itself. Only a description: ASP.NET's own metadata for that would refuse other types before it is known
/// whether the caller may ask at all.
/// </summary>
/// <param name="Form">A type with a property for each field.</param>
internal sealed record MultipartBody(Type Form)
{
    public const string MediaType = "multipart/form-data";
}
