using Faxbot.Sdk.Numbers;

namespace Faxbot.Sdk.Tests.Numbers;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+15550100191", "+1*****0191")]
    [InlineData("5550100191", "*****0191")]
    [InlineData("123456", "*****")]
    [InlineData("jane.citizen", "*****")]
    [InlineData("+1555jane", "*****")]
    [InlineData("", "")]
    public void Its_text_shows_the_ends_of_digits_and_nothing_of_a_name(string value, string shown) => Assert.Equal(shown, new PhoneNumber(value).ToString());
}
