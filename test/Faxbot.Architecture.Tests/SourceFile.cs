namespace Faxbot.Architecture.Tests;

/// <summary>A C# file of the tree.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    /// <summary>The folder of its project: <c>src/Faxbot.Fax</c>.</summary>
    public string Project => string.Join('/', Path.Split('/')[..2]);

    /// <summary>File name up to its first dot, so that <c>SipDialog.Requests.cs</c> is <c>SipDialog</c>.</summary>
    public string Stem => Path.Split('/')[^1].Split('.')[0];

    public override string ToString() => Path;
}
