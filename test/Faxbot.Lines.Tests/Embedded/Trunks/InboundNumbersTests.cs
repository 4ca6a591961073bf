using Faxbot.Lines.Embedded.Trunks;

namespace Faxbot.Lines.Tests.Embedded.Trunks;

public sealed class InboundNumbersTests
{
    [Theory]
    [InlineData("+15551234567", null, "+15551234567")]
    [InlineData("+1-555-123.4567", "1", "+15551234567")]
    [InlineData("5551234567", "1", "+15551234567")]
    [InlineData("15551234567", "1", "+15551234567")]
    [InlineData("01149301234567", "1", "+49301234567")]
    [InlineData("5551234567;phone-context=+1", "1", "+15551234567")]
    [InlineData("0301234567", "49", "+49301234567")]
    [InlineData("00493012345678", "49", "+493012345678")]
    [InlineData("49301234567", "49", "+49301234567")]
    [InlineData("4930123", "49", "+494930123")]
    [InlineData("02079460123", "44", "+442079460123")]
    [InlineData("0612345678", "39", "+390612345678")]
    [InlineData("0015551234567", "49", "+15551234567")]
    [InlineData("5551234567", null, "5551234567")]
    [InlineData("anonymous", "1", "anonymous")]
    [InlineData("11", "49", "11")]
    [InlineData("", "49", "")]
    public void Numbers_become_E164_where_that_can_be_told(string user, string? country, string expected) =>
        Assert.Equal(expected, InboundNumbers.InE164(user, country));
}
