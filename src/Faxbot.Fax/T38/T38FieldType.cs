namespace Faxbot.Fax.T38;

/// <summary>
/// <c>field-type</c> of T.38 annex A: what a data field carries or ends. The values are the ASN.1 numbers; those from
/// <see cref="CmMessage"/> on are extension additions, which version 0 cannot express.
/// </summary>
public enum T38FieldType : byte
{
    /// <summary>hdlc-data: octets of a frame, without flags, stuffed bits and check sequence.</summary>
    HdlcData = 0,
    /// <summary>hdlc-sig-end: the HDLC carrier has dropped.</summary>
    HdlcSignalEnd = 1,
    /// <summary>hdlc-fcs-OK: the frame ended with a right check sequence, and another follows.</summary>
    HdlcFcsOk = 2,
    /// <summary>hdlc-fcs-BAD: the frame ended with a wrong check sequence, and another follows.</summary>
    HdlcFcsBad = 3,
    /// <summary>hdlc-fcs-OK-sig-end: the last frame ended with a right check sequence, and the carrier has dropped.</summary>
    HdlcFcsOkSignalEnd = 4,
    /// <summary>hdlc-fcs-BAD-sig-end: the last frame ended with a wrong check sequence, and the carrier has dropped.</summary>
    HdlcFcsBadSignalEnd = 5,
    /// <summary>t4-non-ecm-data: page data without ECM, or the training check.</summary>
    NonEcmData = 6,
    /// <summary>t4-non-ecm-sig-end: the last octets of such data, and the carrier has dropped.</summary>
    NonEcmSignalEnd = 7,
    /// <summary>cm-message (V.8).</summary>
    CmMessage = 8,
    /// <summary>jm-message (V.8).</summary>
    JmMessage = 9,
    /// <summary>ci-message (V.8).</summary>
    CiMessage = 10,
    /// <summary>v34rate</summary>
    V34Rate = 11,
    /// <summary>Received, and newer than this list. Cannot be sent.</summary>
    Unknown = 255,
}
