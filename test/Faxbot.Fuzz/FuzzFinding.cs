namespace Faxbot.Fuzz;

/// <summary>An input that a parser did not take well.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="What">The exception, "hangs", or how much it allocated.</param>
/// <param name="Input">The input.</param>
internal sealed record FuzzFinding(string Target, string What, byte[] Input)
{
    public override string ToString() => $"""
        FOUND in {Target}: {What}
        input of {Input.Length} octets; once more: ./faxbot soak --input {Convert.ToHexString(Input)} {Target}
        """;
}
