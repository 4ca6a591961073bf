using Faxbot.Server.Faxes;

namespace Faxbot.Server.Tests.Faxes;

public sealed class DialStringTests
{
    [Theory]
    [InlineData("+15551234567", null, "+15551234567")]
    [InlineData(" +1 (555) 123-4567 ", null, "+15551234567")]
    [InlineData("+49 30/123456", null, "+4930123456")]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("(212) 736-5000", "US", "+12127365000")]
    [InlineData("12127365000", "US", "+12127365000")]
    [InlineData("12127365000", null, "12127365000")]
    [InlineData("200100", "US", "200100")]
    [InlineData("12345678901234567890", "US", "12345678901234567890")]
    public void Numbers_are_read_as_people_write_them(string text, string? country, string number)
    {
        Assert.Null(DialString.TryParse(text, country, out var read));
        Assert.Equal(number, read.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("123456789012345678901")]
    [InlineData("+1")]
    [InlineData("+155512345678901")]
    [InlineData("+999123456789")]
    [InlineData("+15551234567;ext=1")]
    [InlineData("sip:a@example.com")]
    [InlineData("call me")]
    [InlineData("++15551234567")]
    [InlineData("٠١٢٣٤٥٦٧")]
    public void What_is_no_number_is_refused_with_a_sentence(string? text) => Assert.NotEmpty(DialString.TryParse(text, "US", out _)!);
}
