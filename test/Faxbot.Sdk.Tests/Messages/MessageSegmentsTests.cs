using Faxbot.Sdk.Messages;

namespace Faxbot.Sdk.Tests.Messages;

public sealed class MessageSegmentsTests
{
    [Theory]
    [InlineData("", 0, 1, 160)]
    [InlineData("Hello", 5, 1, 155)]
    [InlineData("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ", 31, 1, 129)]
    [InlineData("€", 2, 1, 158)]
    [InlineData("[]{}\\~^|\f", 18, 1, 142)]
    public void Letters_of_the_GSM_alphabet_count_in_septets(string text, int length, int count, int left) => Is(MessageSegments.Of(text), MessageEncoding.Gsm7, length, count, left);

    [Theory]
    [InlineData(160, 1, 0)]
    [InlineData(161, 2, 145)]
    [InlineData(306, 2, 0)]
    [InlineData(307, 3, 152)]
    [InlineData(459, 3, 0)]
    public void A_text_of_septets_is_cut_after_160_or_153(int letters, int count, int left) =>
        Is(MessageSegments.Of(new string('a', letters)), MessageEncoding.Gsm7, letters, count, left);

    [Theory]
    [InlineData(70, 1, 0)]
    [InlineData(71, 2, 63)]
    [InlineData(134, 2, 0)]
    [InlineData(135, 3, 66)]
    public void A_text_with_another_letter_is_cut_after_70_or_67_units(int letters, int count, int left) =>
        Is(MessageSegments.Of("ж" + new string('a', letters - 1)), MessageEncoding.Ucs2, letters, count, left);

    [Fact]
    public void One_letter_beyond_the_alphabet_makes_the_whole_text_longer() => Is(MessageSegments.Of("`" + new string('a', 70)), MessageEncoding.Ucs2, 71, 2, 63);

    [Fact]
    public void An_escaped_letter_is_not_cut_in_two()
    {
        var segments = MessageSegments.Of(new string('a', 152) + "€" + new string('b', 20));

        Assert.Equal([152, 21], segments.Parts.Select(part => part.Length));
        Assert.StartsWith("€", segments.Parts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_of_two_units_is_not_cut_in_two()
    {
        var segments = MessageSegments.Of(new string('ж', 66) + "🖨" + new string('ж', 10));

        Assert.Equal([66, 12], segments.Parts.Select(part => part.Length));
        Assert.Equal(78, segments.Length);
    }

    [Fact]
    public void The_segments_together_are_the_text()
    {
        var text = string.Concat(Enumerable.Repeat("Grüße an {alle} 🖨, zusammen 5 €. ", 40));

        Assert.Equal(text, string.Concat(MessageSegments.Of(text).Parts));
    }

    // Every code of the table (TS 23.038 6.2.1), and no letter that looks like one of it.
    [Fact]
    public void The_alphabet_has_127_letters_and_10_behind_the_escape()
    {
        var septets = Enumerable.Range(0, char.MaxValue + 1).Where(code => !char.IsSurrogate((char)code)).Select(code => MessageSegments.Of(((char)code).ToString())).ToArray();
        var gsm = septets.Where(one => one.Encoding == MessageEncoding.Gsm7).ToArray();

        Assert.Equal((127, 10), (gsm.Count(one => one.Length == 1), gsm.Count(one => one.Length == 2)));
        Assert.All("ç`´ÀÊ", letter => Assert.Equal(MessageEncoding.Ucs2, MessageSegments.Of(letter.ToString()).Encoding));
    }

    private static void Is(MessageSegments segments, MessageEncoding encoding, int length, int count, int left) =>
        Assert.Equal((encoding, length, count, left), (segments.Encoding, segments.Length, segments.Count, segments.Left));
}
