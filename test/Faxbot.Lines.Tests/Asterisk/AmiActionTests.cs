using System.Text;
using Faxbot.Lines.Asterisk.Manager;

namespace Faxbot.Lines.Tests.Asterisk;

public sealed class AmiActionTests
{
    [Fact]
    public void Is_written_with_its_id() => Assert.Equal(
        "Action: Originate\r\nChannel: PJSIP/x\r\nVariable: A=1\\,2 \\\"b\\\" \\\\ \\(c\\)\\;\r\nActionID: 9\r\n\r\n",
        Encoding.UTF8.GetString(new AmiAction("Originate").With("Channel", "PJSIP/x").WithVariable("A", "1,2 \"b\" \\ (c);").Write("9")));

    [Theory]
    [InlineData("To", "1\r\nAction: Command")]
    [InlineData("To", "1\nAction: Command")]
    [InlineData("To", "1\rAction: Command")]
    [InlineData("To", "1\0")]
    [InlineData("To\r\nX", "1")]
    [InlineData("To: x", "1")]
    [InlineData("", "1")]
    public void No_value_begins_a_field_of_its_own(string name, string value)
    {
        Assert.False(AmiAction.CanSend(name, value));
        var refused = Assert.Throws<ArgumentException>(() => new AmiAction("Originate").With(name, value));
        Assert.Contains("no line break", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_is_no_longer_than_Asterisk_reads()
    {
        Assert.True(AmiAction.CanSend("A", new string('ä', 508)));
        Assert.False(AmiAction.CanSend("A", new string('ä', 509)));
        Assert.Throws<ArgumentException>(() => new AmiAction("A").WithVariable("B", new string(',', 600)));
    }
}
