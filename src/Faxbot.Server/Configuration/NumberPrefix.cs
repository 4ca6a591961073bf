using System.Diagnostics.CodeAnalysis;

namespace Faxbot.Server.Configuration;

/// <summary>How numbers of some country or network begin.</summary>
/// <param name="Text">A plus sign and digits.</param>
internal sealed record NumberPrefix(string Text)
{
    // E.164 6.1: no number is longer.
    private const int MostDigits = 15;

    public static bool TryParse(string text, [NotNullWhen(true)] out NumberPrefix? prefix)
    {
        var isOne = text.Length is > 1 and <= MostDigits + 1 && text[0] == '+' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
        prefix = isOne ? new NumberPrefix(text) : null;
        return isOne;
    }

    public override string ToString() => Text;
}
