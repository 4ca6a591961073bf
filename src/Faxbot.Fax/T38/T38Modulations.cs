using Faxbot.Fax.T30;

namespace Faxbot.Fax.T38;

/// <summary>T.30's modulations as T.38's indicators and data types, and how long their training takes.</summary>
internal static class T38Modulations
{
    public static T38DataType ToDataType(this Modulation modulation) => modulation switch
    {
        Modulation.V21 => T38DataType.V21,
        Modulation.V27ter2400 => T38DataType.V27Rate2400,
        Modulation.V27ter4800 => T38DataType.V27Rate4800,
        Modulation.V29At7200 => T38DataType.V29Rate7200,
        Modulation.V29At9600 => T38DataType.V29Rate9600,
        Modulation.V17At7200 => T38DataType.V17Rate7200,
        Modulation.V17At9600 => T38DataType.V17Rate9600,
        Modulation.V17At12000 => T38DataType.V17Rate12000,
        _ => T38DataType.V17Rate14400,
    };

    public static Modulation? ToModulation(this T38DataType type) => type switch
    {
        T38DataType.V21 => Modulation.V21,
        T38DataType.V27Rate2400 => Modulation.V27ter2400,
        T38DataType.V27Rate4800 => Modulation.V27ter4800,
        T38DataType.V29Rate7200 => Modulation.V29At7200,
        T38DataType.V29Rate9600 => Modulation.V29At9600,
        T38DataType.V17Rate7200 => Modulation.V17At7200,
        T38DataType.V17Rate9600 => Modulation.V17At9600,
        T38DataType.V17Rate12000 => Modulation.V17At12000,
        T38DataType.V17Rate14400 => Modulation.V17At14400,
        _ => null,
    };

    public static T38Indicator ToIndicator(this Signal signal) => signal.Modulation switch
    {
        Modulation.V21 => T38Indicator.V21Preamble,
        Modulation.V27ter2400 => T38Indicator.V27Training2400,
        Modulation.V27ter4800 => T38Indicator.V27Training4800,
        Modulation.V29At7200 => T38Indicator.V29Training7200,
        Modulation.V29At9600 => T38Indicator.V29Training9600,
        Modulation.V17At7200 => signal.ShortTraining ? T38Indicator.V17ShortTraining7200 : T38Indicator.V17LongTraining7200,
        Modulation.V17At9600 => signal.ShortTraining ? T38Indicator.V17ShortTraining9600 : T38Indicator.V17LongTraining9600,
        Modulation.V17At12000 => signal.ShortTraining ? T38Indicator.V17ShortTraining12000 : T38Indicator.V17LongTraining12000,
        _ => signal.ShortTraining ? T38Indicator.V17ShortTraining14400 : T38Indicator.V17LongTraining14400,
    };

    /// <summary>The modulation whose preamble or training an indicator announces; null for tones, silence and V.8, V.33, V.34.</summary>
    public static Modulation? ToModulation(this T38Indicator indicator) => indicator switch
    {
        T38Indicator.V21Preamble => Modulation.V21,
        T38Indicator.V27Training2400 => Modulation.V27ter2400,
        T38Indicator.V27Training4800 => Modulation.V27ter4800,
        T38Indicator.V29Training7200 => Modulation.V29At7200,
        T38Indicator.V29Training9600 => Modulation.V29At9600,
        T38Indicator.V17ShortTraining7200 or T38Indicator.V17LongTraining7200 => Modulation.V17At7200,
        T38Indicator.V17ShortTraining9600 or T38Indicator.V17LongTraining9600 => Modulation.V17At9600,
        T38Indicator.V17ShortTraining12000 or T38Indicator.V17LongTraining12000 => Modulation.V17At12000,
        T38Indicator.V17ShortTraining14400 or T38Indicator.V17LongTraining14400 => Modulation.V17At14400,
        _ => null,
    };

    /// <summary>Preamble or training: T.30 5.3.1 for V.21, else the segments of V.27ter 2.5, V.29 8 and V.17 5.1.</summary>
    public static TimeSpan TrainingTime(this Signal signal) => TimeSpan.FromMilliseconds(signal.Modulation switch
    {
        Modulation.V21 => 1000,
        Modulation.V27ter2400 => 943,
        Modulation.V27ter4800 => 708,
        Modulation.V29At7200 or Modulation.V29At9600 => 253,
        _ => signal.ShortTraining ? 142 : 1393,
    });
}
