using Faxbot.Fax.T30;

namespace Faxbot.Fax.T38;

/// <summary>
/// The receiving half of a T.38 terminal: turns IFP packets into what a modem would report. An indicator that was lost is inferred
/// from the data that follows it; a frame with a hole in it is reported as damaged.
/// </summary>
internal sealed class SignalListener(int version)
{
    private readonly byte[] _frame = new byte[T30Frame.MaxLength];
    private int _length;
    private bool _damaged;
    private bool _lost;

    /// <summary>Takes the inputs for the T.30 machine.</summary>
    public delegate void Report(scoped in T30Input input);

    /// <summary>The signal that the far end is sending; null in silence.</summary>
    public Modulation? Carrier { get; private set; }

    /// <summary>Some packets are lost for good.</summary>
    public void Lose(Report report)
    {
        _lost = true;
        Lose(Carrier ?? Modulation.V21, report);
    }

    /// <summary>Takes one packet; false when it cannot be read.</summary>
    public bool Accept(ReadOnlySpan<byte> octets, Report report)
    {
        if (IfpPacket.TryParse(octets, version, out var packet) != IfpError.None) return false;
        var lost = _lost;
        _lost = false;
        if (!packet.IsData)
        {
            OnIndicator(packet.Indicator, report);
        }
        else if (packet.DataType.ToModulation() is { } modulation)
        {
            var begins = Carrier != modulation;
            Raise(modulation, report);
            // The beginning of this signal was in the packets that were lost.
            if (begins && lost) Lose(modulation, report);
            foreach (var field in packet.Fields) OnField(modulation, field, report);
        }

        return true;
    }

    private void Lose(Modulation modulation, Report report)
    {
        _damaged = true;
        report(T30Input.Gap(modulation));
    }

    private void OnIndicator(T38Indicator indicator, Report report)
    {
        if (indicator == T38Indicator.Unknown) return;
        if (indicator.ToModulation() is { } modulation) Raise(modulation, report);
        else Drop(report);
    }

    private void OnField(Modulation modulation, IfpField field, Report report)
    {
        switch (field.Type)
        {
            case T38FieldType.HdlcData:
                Append(field.Data);
                break;
            case T38FieldType.HdlcFcsOk or T38FieldType.HdlcFcsOkSignalEnd:
                EndFrame(modulation, good: true, report);
                break;
            case T38FieldType.HdlcFcsBad or T38FieldType.HdlcFcsBadSignalEnd:
                EndFrame(modulation, good: false, report);
                break;
            case T38FieldType.NonEcmData or T38FieldType.NonEcmSignalEnd when !field.Data.IsEmpty:
                report(T30Input.Data(modulation, field.Data));
                break;
        }

        if (field.Type is T38FieldType.HdlcSignalEnd or T38FieldType.HdlcFcsOkSignalEnd
            or T38FieldType.HdlcFcsBadSignalEnd or T38FieldType.NonEcmSignalEnd)
        {
            Drop(report);
        }
    }

    private void Raise(Modulation modulation, Report report)
    {
        if (Carrier == modulation) return;
        Drop(report);
        Carrier = modulation;
        Clear();
        report(T30Input.CarrierUp(modulation));
    }

    private void Drop(Report report)
    {
        if (Carrier is not { } modulation) return;
        Carrier = null;
        Clear();
        report(T30Input.CarrierDown(modulation));
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        if (data.Length > _frame.Length - _length)
        {
            // Longer than any frame of T.30.
            _damaged = true;
            return;
        }

        data.CopyTo(_frame.AsSpan(_length));
        _length += data.Length;
    }

    private void EndFrame(Modulation modulation, bool good, Report report)
    {
        if (_length > 0) report(T30Input.Frame(modulation, _frame.AsSpan(0, _length), good && !_damaged));
        Clear();
    }

    private void Clear()
    {
        _length = 0;
        _damaged = false;
    }
}
