namespace Faxbot.Sip.Sdp;

/// <summary>Direction attributes and what answers them (RFC 3264 6.1).</summary>
internal static class SdpDirections
{
    public static SdpDirection? Find(IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute)
            {
                case { Name: "sendrecv", Value: null }:
                    return SdpDirection.SendReceive;
                case { Name: "sendonly", Value: null }:
                    return SdpDirection.SendOnly;
                case { Name: "recvonly", Value: null }:
                    return SdpDirection.ReceiveOnly;
                case { Name: "inactive", Value: null }:
                    return SdpDirection.Inactive;
            }
        }

        return null;
    }

    public static SdpDirection Mirror(SdpDirection offered) => offered switch
    {
        SdpDirection.SendOnly => SdpDirection.ReceiveOnly,
        SdpDirection.ReceiveOnly => SdpDirection.SendOnly,
        _ => offered,
    };

    public static SdpAttribute ToAttribute(SdpDirection direction) => new(direction switch
    {
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.ReceiveOnly => "recvonly",
        SdpDirection.Inactive => "inactive",
        _ => "sendrecv",
    });
}
