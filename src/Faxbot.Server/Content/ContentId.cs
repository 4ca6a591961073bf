using System.Buffers;

namespace Faxbot.Server.Content;

/// <summary>The names of contents: 64 lower-case hexadecimal digits that <see cref="ContentNaming"/> makes.</summary>
internal static class ContentId
{
    private const int Digits = 64;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public static bool IsValid(string id) => id.Length == Digits && !id.AsSpan().ContainsAnyExcept(Hexadecimal);

    public static string Of(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);
}
