namespace Faxbot.Fax.Tests.T38;

/// <summary>Octets as the tests' tables write them: hexadecimal digits, blanks where they help.</summary>
internal static class Hex
{
    public static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static string Text(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(octets);
}
