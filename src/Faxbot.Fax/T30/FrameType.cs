namespace Faxbot.Fax.T30;

/// <summary>
/// Facsimile control fields of T.30 5.3.6.1, first transmitted bit most significant. The bit X (0x80), which tells the station
/// that received DIS, is 0 here; it is part of the value only in the group that is sent with DTC.
/// </summary>
public enum FrameType : byte
{
    /// <summary>Digital identification signal: what the called terminal can do.</summary>
    Dis = 0x01,
    /// <summary>Called subscriber identification.</summary>
    Csi = 0x02,
    /// <summary>Non-standard facilities.</summary>
    Nsf = 0x04,

    /// <summary>Digital transmit command: the caller wants to receive (polling).</summary>
    Dtc = 0x81,
    /// <summary>Calling subscriber identification, with DTC.</summary>
    Cig = 0x82,
    /// <summary>Non-standard facilities command.</summary>
    Nsc = 0x84,
    /// <summary>Password for polling, with DTC.</summary>
    Pwd = 0x83,
    /// <summary>Selective polling address, with DTC.</summary>
    Sep = 0x85,
    /// <summary>Polled subaddress, with DTC.</summary>
    Psa = 0x86,

    /// <summary>Digital command signal: what the transmitter chose.</summary>
    Dcs = 0x41,
    /// <summary>Transmitting subscriber identification.</summary>
    Tsi = 0x42,
    /// <summary>Non-standard set-up.</summary>
    Nss = 0x44,
    /// <summary>Subaddress.</summary>
    Sub = 0x43,
    /// <summary>Sender identification: what a receiver may ask for as the transmitter's password.</summary>
    Sid = 0x45,
    /// <summary>Continue to correct (ECM).</summary>
    Ctc = 0x48,

    /// <summary>Confirmation to receive: training succeeded.</summary>
    Cfr = 0x21,
    /// <summary>Failure to train.</summary>
    Ftt = 0x22,
    /// <summary>Response for continue to correct (ECM).</summary>
    Ctr = 0x23,

    /// <summary>End of message: back to phase B.</summary>
    Eom = 0x71,
    /// <summary>Multi-page signal: another page of the same format follows.</summary>
    Mps = 0x72,
    /// <summary>End of procedure: no further page.</summary>
    Eop = 0x74,
    /// <summary>EOM with a request for an operator.</summary>
    PriEom = 0x79,
    /// <summary>MPS with a request for an operator.</summary>
    PriMps = 0x7A,
    /// <summary>EOP with a request for an operator.</summary>
    PriEop = 0x7C,
    /// <summary>Partial page signal (ECM).</summary>
    Pps = 0x7D,
    /// <summary>End of retransmission (ECM).</summary>
    Eor = 0x73,
    /// <summary>Receive ready: asks whether the receiver is ready again (ECM).</summary>
    Rr = 0x76,

    /// <summary>Message confirmation.</summary>
    Mcf = 0x31,
    /// <summary>Retrain positive: received, train again before the next page.</summary>
    Rtp = 0x33,
    /// <summary>Retrain negative: not received well enough.</summary>
    Rtn = 0x32,
    /// <summary>Procedure interrupt positive.</summary>
    Pip = 0x35,
    /// <summary>Procedure interrupt negative.</summary>
    Pin = 0x34,
    /// <summary>Partial page request (ECM): a map of the frames to send again.</summary>
    Ppr = 0x3D,
    /// <summary>Receive not ready (ECM).</summary>
    Rnr = 0x37,
    /// <summary>Response for end of retransmission (ECM).</summary>
    Err = 0x38,

    /// <summary>Disconnect.</summary>
    Dcn = 0x5F,
    /// <summary>Command repeat.</summary>
    Crp = 0x58,
    /// <summary>Field not valid.</summary>
    Fnv = 0x53,

    /// <summary>Facsimile coded data (ECM, high speed).</summary>
    Fcd = 0x60,
    /// <summary>Return to control for partial page (ECM, high speed).</summary>
    Rcp = 0x61,
}
