using CsCheck;
using Faxbot.Lines.Asterisk.Configuration;

namespace Faxbot.Lines.Tests.Asterisk.Configuration;

public sealed class ConfWriterTests
{
    [Theory]
    [InlineData("a;b", "a\\;b")]
    [InlineData(";--x--;", "\\;--x--\\;")]
    [InlineData("a\\;b", "a\\\\;b")]
    [InlineData("#exec rm", "#exec rm")]
    [InlineData("[other](!)", "[other](!)")]
    [InlineData("> x = y", "> x = y")]
    public void A_value_is_written_so_that_Asterisk_reads_it_back(string value, string written)
    {
        var file = Begin();

        file.Value("password", value);

        Assert.Equal($"[trunk]\npassword = {written}\n", file.ToString());
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("secret\nauth_type = none")]
    [InlineData("secret\r[trunk](+)")]
    [InlineData("\0")]
    [InlineData("\u0085")]
    [InlineData(" secret")]
    [InlineData("secret ")]
    [InlineData("")]
    public void A_value_that_Asterisk_would_not_read_back_is_left_out_and_told_without_it(string value)
    {
        var file = Begin();

        file.Value("password", value);

        Assert.Equal("[trunk]\n", file.ToString());
        var problem = Assert.Single(file.Problems);
        Assert.Equal(("trunk", "password"), (problem.Section, problem.Key));
        Assert.DoesNotContain("secret", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_value_makes_a_line_or_a_comment_of_its_own() => Gen.String.Sample(value =>
    {
        var file = Begin();
        file.Value("password", value);
        var lines = file.ToString().Split('\n');
        Assert.Equal(file.Problems.Count == 0 ? 3 : 2, lines.Length);
        if (file.Problems.Count == 0) Assert.Equal(value, ReadBack(lines[1]["password = ".Length..]));
    });

    [Fact]
    public void A_comment_stays_in_its_line()
    {
        var file = Begin();

        file.Comment("one\n[two]");

        Assert.Equal("[trunk]\n; one [two]\n", file.ToString());
    }

    [Theory]
    [InlineData("a]\n[b")]
    [InlineData("a(!)")]
    [InlineData("")]
    public void A_section_has_a_plain_name(string name) => Assert.Throws<ArgumentException>(() => new ConfWriter().Section(name));

    private static ConfWriter Begin()
    {
        var file = new ConfWriter();
        file.Section("trunk");
        return file;
    }

    // As main/config.c does: a semicolon ends the value unless a backslash stands before it, which is then taken away; then blanks are.
    private static string ReadBack(string text)
    {
        for (var at = text.IndexOf(';', StringComparison.Ordinal); at >= 0; at = text.IndexOf(';', at))
        {
            if (at == 0 || text[at - 1] != '\\') return text[..at].Trim();
            text = text.Remove(at - 1, 1);
        }

        return text.Trim();
    }
}
