using System.Globalization;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Testing.Calls;

/// <summary>The words by which scripted calls name capabilities and settings.</summary>
internal static class CallWords
{
    private static readonly (string Word, Modulation Modulation)[] Modulations =
    [
        ("14400", Modulation.V17At14400), ("12000", Modulation.V17At12000), ("9600", Modulation.V17At9600), ("7200", Modulation.V17At7200),
        ("v29-9600", Modulation.V29At9600), ("v29-7200", Modulation.V29At7200), ("4800", Modulation.V27ter4800), ("2400", Modulation.V27ter2400),
    ];

    public static TimeSpan Seconds(string word) => TimeSpan.FromSeconds(double.Parse(word, CultureInfo.InvariantCulture));

    /// <summary>An identity; blanks are written as underscores.</summary>
    public static string Text(string word) => word.Replace('_', ' ');

    public static string Of(Modulation modulation) => Modulations.First(m => m.Modulation == modulation).Word;

    /// <summary>What DIS or DTC says with these words; what is not named it does not have.</summary>
    public static DisCapabilities Capabilities(IReadOnlyList<string> words) => new()
    {
        Modems = words.Contains("v27fallback") ? ModemCapability.V27terFallback
            : words.Contains("v27") ? ModemCapability.V27ter
            : words.Contains("v29only") ? ModemCapability.V29Only
            : words.Contains("v29") ? ModemCapability.V29
            : ModemCapability.V17,
        CanTransmit = words.Contains("transmits"),
        CanReceive = !words.Contains("no-receive"),
        Fine = words.Contains("fine"),
        Superfine = words.Contains("superfine"),
        Mr = words.Contains("mr"),
        Ecm = words.Contains("ecm"),
        Mmr = words.Contains("mmr"),
        SelectivePolling = words.Contains("sep"),
        Subaddressing = words.Contains("sub"),
        Password = words.Contains("pwd"),
    };

    /// <summary>What DCS or CTC says with these words: 14400 bit/s, MH, standard resolution, no ECM unless they name others.</summary>
    public static DcsSettings Settings(IReadOnlyList<string> words)
    {
        var resolution = words.Contains("superfine") ? FaxResolution.Superfine : words.Contains("fine") ? FaxResolution.Fine : FaxResolution.Standard;
        return new DcsSettings
        {
            Modulation = Modulations.FirstOrDefault(m => words.Contains(m.Word), Modulations[0]).Modulation,
            Coding = words.Contains("mmr") ? FaxCoding.Mmr : words.Contains("mr") ? FaxCoding.Mr : FaxCoding.Mh,
            Format = new PageFormat(1728, resolution),
            Ecm = words.Contains("ecm"),
            FrameSize = words.Contains("f64") ? 64 : 256,
            Subaddress = words.Contains("sub"),
            SenderIdentification = words.Contains("sid"),
        };
    }

    /// <summary>The modulation that CTC names: the first two octets of a DCS.</summary>
    public static Modulation? ReadRate(ReadOnlySpan<byte> field) => DcsSettings.TryParse([.. field, 0])?.Modulation;

    /// <summary>The words that are true of settings.</summary>
    public static IReadOnlyList<string> Describe(DcsSettings settings) =>
    [
        Of(settings.Modulation),
        settings.Coding.ToString().ToLowerInvariant(),
        settings.Format.Resolution.ToString().ToLowerInvariant(),
        settings.Ecm ? "ecm" : "no-ecm",
        settings.Subaddress ? "sub" : "no-sub",
        settings.SenderIdentification ? "sid" : "no-sid",
    ];

    /// <summary>The words that are true of capabilities.</summary>
    public static IReadOnlyList<string> Describe(DisCapabilities capabilities) =>
    [
        capabilities.Modems.ToString().ToLowerInvariant(),
        capabilities.Ecm ? "ecm" : "no-ecm",
        capabilities.CanReceive ? "receives" : "no-receive",
        capabilities.CanTransmit ? "transmits" : "no-transmit",
        capabilities.SelectivePolling ? "sep" : "no-sep",
        capabilities.Password ? "pwd" : "no-pwd",
    ];
}
