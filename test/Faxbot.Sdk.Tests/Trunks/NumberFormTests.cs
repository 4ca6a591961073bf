using Faxbot.Sdk.Trunks;

namespace Faxbot.Sdk.Tests.Trunks;

/// <summary>Numbers that regulators set aside for fiction and tests, or that have the shape of real ones.</summary>
public sealed class NumberFormTests
{
    [Theory]
    [InlineData(NumberStyle.E164Plus, "+12065550100", "+12065550100")]
    [InlineData(NumberStyle.E164, "+12065550100", "12065550100")]
    [InlineData(NumberStyle.E164, "+4930231250000", "4930231250000")]
    [InlineData(NumberStyle.Nanp11, "+12065550100", "12065550100")]
    [InlineData(NumberStyle.Nanp11, "+442079460000", "011442079460000")]
    [InlineData(NumberStyle.Nanp10, "+18765550123", "8765550123")]
    [InlineData(NumberStyle.Nanp10, "+81355550100", "01181355550100")]
    [InlineData(NumberStyle.AsEntered, "+61255501234", "+61255501234")]
    public void Writes_numbers_in_each_style(NumberStyle style, string number, string written) =>
        Assert.Equal(written, new NumberForm { Style = style }.Write(number));

    [Theory]
    [InlineData("49", "0", "+4930231250000", "030231250000")]
    [InlineData("49", "0", "+12065550100", "0012065550100")]
    [InlineData("44", "0", "+442079460000", "02079460000")]
    [InlineData("33", "0", "+33199005000", "0199005000")]
    [InlineData("39", "", "+390612345678", "0612345678")]
    [InlineData("34", "", "+34919000000", "919000000")]
    public void Writes_national_numbers_as_they_are_dialled_there(string country, string prefix, string number, string written) =>
        Assert.Equal(written, new NumberForm { Style = NumberStyle.National, Country = country, NationalPrefix = prefix }.Write(number));

    [Fact]
    public void Puts_a_technical_prefix_before_and_a_suffix_behind() =>
        Assert.Equal("12345678*12065550100#", new NumberForm { Style = NumberStyle.E164, Prefix = "12345678*", Suffix = "#" }.Write("+12065550100"));

    [Theory]
    [InlineData("911")]
    [InlineData("sandbox")]
    public void Leaves_private_numbers_and_names_alone(string number) => Assert.Equal(number, new NumberForm { Style = NumberStyle.Nanp11 }.Write(number));
}
