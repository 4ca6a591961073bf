using System.Globalization;

namespace Faxbot.Sip.Sdp;

/// <summary>The spellings of the T.38 attributes that exist in the field, and the one that we write.</summary>
internal static class T38AttributeReader
{
    // A number beyond this says "no limit"; gateways write 2^31 and more.
    private const int NoLimit = int.MaxValue;

    public static T38Attributes Read(IEnumerable<SdpAttribute> attributes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new T38Attributes();
        foreach (var attribute in attributes)
        {
            // The first of each name counts, so a line's own attribute goes before the session's.
            var name = attribute.Name.ToUpperInvariant();
            name = name == "T38FAXMAXBITRATE" ? "T38MAXBITRATE" : name;
            if (name.StartsWith("T38", StringComparison.Ordinal)
                && Apply(result, name, attribute.Value?.Trim()) is { } changed && seen.Add(name))
            {
                result = changed;
            }
        }

        return result;
    }

    public static List<SdpAttribute> Write(T38Attributes values)
    {
        var list = new List<SdpAttribute>();
        Add(list, "T38FaxVersion", values.Version);
        Add(list, "T38MaxBitRate", values.MaxBitRate);
        AddFlag(list, "T38FaxFillBitRemoval", values.FillBitRemoval);
        AddFlag(list, "T38FaxTranscodingMMR", values.TranscodingMmr);
        AddFlag(list, "T38FaxTranscodingJBIG", values.TranscodingJbig);
        Add(list, "T38FaxRateManagement", values.RateManagement switch
        {
            T38RateManagement.TransferredTcf => "transferredTCF",
            T38RateManagement.LocalTcf => "localTCF",
            _ => null,
        });
        Add(list, "T38FaxMaxBuffer", values.MaxBuffer);
        Add(list, "T38FaxMaxDatagram", values.MaxDatagram);
        Add(list, "T38FaxMaxIFP", values.MaxIfp);
        Add(list, "T38FaxUdpEC", values.ErrorCorrection switch
        {
            T38ErrorCorrection.None => "t38UDPNoEC",
            T38ErrorCorrection.Redundancy => "t38UDPRedundancy",
            T38ErrorCorrection.Fec => "t38UDPFEC",
            _ => null,
        });
        Add(list, "T38VendorInfo", values.VendorInfo);
        return list;
    }

    /// <summary>The record with one attribute applied, or null where the name or the value says nothing.</summary>
    private static T38Attributes? Apply(T38Attributes values, string name, string? value) => name switch
    {
        "T38FAXVERSION" => Number(value) is { } version ? values with { Version = version } : null,
        "T38MAXBITRATE" => Number(value) is { } rate ? values with { MaxBitRate = rate } : null,
        "T38FAXFILLBITREMOVAL" => values with { FillBitRemoval = Flag(value) },
        "T38FAXTRANSCODINGMMR" => values with { TranscodingMmr = Flag(value) },
        "T38FAXTRANSCODINGJBIG" => values with { TranscodingJbig = Flag(value) },
        "T38FAXRATEMANAGEMENT" => RateManagement(value) is { } method ? values with { RateManagement = method } : null,
        "T38FAXMAXBUFFER" => Number(value) is { } octets ? values with { MaxBuffer = octets } : null,
        "T38FAXMAXDATAGRAM" => Number(value) is { } octets ? values with { MaxDatagram = octets } : null,
        "T38FAXMAXIFP" => Number(value) is { } octets ? values with { MaxIfp = octets } : null,
        "T38FAXUDPEC" => ErrorCorrection(value) is { } scheme ? values with { ErrorCorrection = scheme } : null,
        "T38VENDORINFO" => values with { VendorInfo = value ?? "" },
        _ => null,
    };

    // D.2.3 has flags without a value; Cisco, Asterisk and others write ":0" and ":1".
    private static bool Flag(string? value) => value is null or "" || (Number(value) is { } number ? number != 0 : !Is(value, "false"));

    private static int? Number(string? value) =>
        value is null || value.Length == 0 || value.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoLimit;

    private static T38RateManagement? RateManagement(string? value) =>
        Is(value, "transferredTCF") ? T38RateManagement.TransferredTcf : Is(value, "localTCF") ? T38RateManagement.LocalTcf : null;

    private static T38ErrorCorrection? ErrorCorrection(string? value) =>
        Is(value, "t38UDPRedundancy") ? T38ErrorCorrection.Redundancy
        : Is(value, "t38UDPFEC") ? T38ErrorCorrection.Fec
        : Is(value, "t38UDPNoEC") ? T38ErrorCorrection.None
        : null;

    private static bool Is(string? value, string word) => word.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static void Add(List<SdpAttribute> list, string name, int? value) =>
        Add(list, name, value?.ToString(CultureInfo.InvariantCulture));

    private static void Add(List<SdpAttribute> list, string name, string? value)
    {
        if (value is not null)
        {
            list.Add(new SdpAttribute(name, value));
        }
    }

    private static void AddFlag(List<SdpAttribute> list, string name, bool set)
    {
        if (set)
        {
            list.Add(new SdpAttribute(name));
        }
    }
}
