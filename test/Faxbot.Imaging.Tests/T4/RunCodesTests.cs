using Faxbot.Imaging.T4;

namespace Faxbot.Imaging.Tests.T4;

public class RunCodesTests
{
    /// <summary>A sample of tables 2/T.4, 3a/T.4 and 3b/T.4, typed apart from the code.</summary>
    [Theory]
    [InlineData(0, "00110101", "0000110111")]
    [InlineData(1, "000111", "010")]
    [InlineData(2, "0111", "11")]
    [InlineData(3, "1000", "10")]
    [InlineData(7, "1111", "00011")]
    [InlineData(8, "10011", "000101")]
    [InlineData(13, "000011", "00000100")]
    [InlineData(18, "0100111", "0000001000")]
    [InlineData(29, "00000010", "000011001101")]
    [InlineData(45, "00000100", "000001010101")]
    [InlineData(62, "00110011", "000001100110")]
    [InlineData(63, "00110100", "000001100111")]
    [InlineData(64, "1101100110101", "00000011110000110111")]
    [InlineData(128, "1001000110101", "0000110010000000110111")]
    [InlineData(704, "01100110000110101", "00000010010110000110111")]
    [InlineData(1664, "01100000110101", "00000011001000000110111")]
    [InlineData(1728, "01001101100110101", "00000011001010000110111")]
    [InlineData(1792, "0000000100000110101", "000000010000000110111")]
    [InlineData(2048, "00000001001100110101", "0000000100110000110111")]
    [InlineData(2560, "00000001111100110101", "0000000111110000110111")]
    [InlineData(2623, "00000001111100110100", "000000011111000001100111")]
    public void Codes_of_runs_are_those_of_T4(int run, string white, string black)
    {
        Assert.Equal(white, Digits(RunCodeTable.Entries[run]));
        Assert.Equal(black, Digits(RunCodeTable.Entries[RunCodeTable.Black + run]));
    }

    [Theory]
    [InlineData(-3, "0000010")]
    [InlineData(-2, "000010")]
    [InlineData(-1, "010")]
    [InlineData(0, "1")]
    [InlineData(1, "011")]
    [InlineData(2, "000011")]
    [InlineData(3, "0000011")]
    public void Codes_of_vertical_mode_are_those_of_T4(int distance, string digits) =>
        Assert.Equal(CodeWord.Parse(digits), ModeCodes.Vertical(distance));

    /// <summary>Kraft's sum: the words fill all codes but those that begin with eight zeros, so a slip of a digit cannot hide.</summary>
    [Fact]
    public void Codes_of_each_colour_are_prefix_free_and_leave_only_eight_zeros_unused()
    {
        foreach (var codes in new[] { RunCodes.White, RunCodes.Black })
        {
            var words = codes.Terminating.Concat(codes.MakeUp.Skip(1)).ToArray();
            Assert.Equal(64 + 27 + 13, words.Length);
            Assert.Equal((1 << 13) - (1 << 5), words.Sum(w => 1 << (13 - w.Length)));
            var covered = words.SelectMany(w => Enumerable.Range(w.Bits << (13 - w.Length), 1 << (13 - w.Length))).ToArray();
            Assert.Equal(covered.Length, covered.Distinct().Count());
            Assert.Equal(1 << 5, covered.Min());
        }
    }

    private static string Digits(uint entry) =>
        Convert.ToString(RunCodeTable.BitsOf(entry), 2).PadLeft(RunCodeTable.LengthOf(entry), '0');
}
