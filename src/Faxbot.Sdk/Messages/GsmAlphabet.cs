using System.Buffers;

namespace Faxbot.Sdk.Messages;

/// <summary>The GSM 7 bit default alphabet (3GPP TS 23.038 6.2.1) and the extension table that an escape septet leads to (6.2.1.1).</summary>
internal static class GsmAlphabet
{
    // In the order of the table, without its escape (0x1B).
    private static readonly SearchValues<char> Default = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    private static readonly SearchValues<char> Extension = SearchValues.Create("\f^{}\\[~]|€");

    /// <summary>How many septets a letter takes; 0 when the alphabet does not have it.</summary>
    public static int Septets(char letter) => Default.Contains(letter) ? 1 : Extension.Contains(letter) ? 2 : 0;
}
