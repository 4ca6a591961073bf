namespace Faxbot.Fax.T38;

/// <summary>
/// <c>t30-indicator</c> of T.38 annex A: the state of the modem line. The values are the ASN.1 numbers; those from
/// <see cref="V8Ansam"/> on are extension additions and travel in a longer form.
/// </summary>
public enum T38Indicator : byte
{
    /// <summary>no-signal</summary>
    NoSignal = 0,
    /// <summary>cng</summary>
    Cng = 1,
    /// <summary>ced</summary>
    Ced = 2,
    /// <summary>v21-preamble</summary>
    V21Preamble = 3,
    /// <summary>v27-2400-training</summary>
    V27Training2400 = 4,
    /// <summary>v27-4800-training</summary>
    V27Training4800 = 5,
    /// <summary>v29-7200-training</summary>
    V29Training7200 = 6,
    /// <summary>v29-9600-training</summary>
    V29Training9600 = 7,
    /// <summary>v17-7200-short-training</summary>
    V17ShortTraining7200 = 8,
    /// <summary>v17-7200-long-training</summary>
    V17LongTraining7200 = 9,
    /// <summary>v17-9600-short-training</summary>
    V17ShortTraining9600 = 10,
    /// <summary>v17-9600-long-training</summary>
    V17LongTraining9600 = 11,
    /// <summary>v17-12000-short-training</summary>
    V17ShortTraining12000 = 12,
    /// <summary>v17-12000-long-training</summary>
    V17LongTraining12000 = 13,
    /// <summary>v17-14400-short-training</summary>
    V17ShortTraining14400 = 14,
    /// <summary>v17-14400-long-training</summary>
    V17LongTraining14400 = 15,
    /// <summary>v8-ansam</summary>
    V8Ansam = 16,
    /// <summary>v8-signal</summary>
    V8Signal = 17,
    /// <summary>v34-cntl-channel-1200</summary>
    V34ControlChannel1200 = 18,
    /// <summary>v34-pri-channel</summary>
    V34PrimaryChannel = 19,
    /// <summary>v34-CC-retrain</summary>
    V34ControlChannelRetrain = 20,
    /// <summary>v33-12000-training</summary>
    V33Training12000 = 21,
    /// <summary>v33-14400-training</summary>
    V33Training14400 = 22,
    /// <summary>Received, and newer than this list. Cannot be sent.</summary>
    Unknown = 255,
}
