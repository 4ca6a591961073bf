using Faxbot.Documents;
using Faxbot.Sdk.Faxes;

namespace Faxbot.Server.Configuration;

/// <summary>What a fax is like when its owner says nothing else.</summary>
internal sealed record FaxingOptions
{
    [Setting("The line at the top of each page: on (time, numbers, page), off, or a text that stands in it.")]
    public HeaderChoice Header { get; init; } = HeaderChoice.On;

    [Setting("The country whose national numbers are understood, two letters.", Unset = "numbers begin with + and the country's code", Example = "US")]
    public CountryCode? DefaultCountry { get; init; }

    [Setting("How finely pages are drawn.")]
    public PageQuality Quality { get; init; } = PageQuality.Fine;

    [Setting("The length of the pages.")]
    public PaperSize Paper { get; init; } = PaperSize.Auto;
}
