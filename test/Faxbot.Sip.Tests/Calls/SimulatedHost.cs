using System.Net;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Calls;

/// <summary>A user agent at an address of a <see cref="SimulatedNetwork"/>, and the script of its owner.</summary>
internal sealed class SimulatedHost
{
    public SimulatedHost(string address, ulong seed, Func<SipUserAgentOptions, SipUserAgentOptions>? configure = null)
    {
        EndPoint = IPEndPoint.Parse(address);
        var options = new SipUserAgentOptions { LocalEndPoint = EndPoint, Entropy = new SeededEntropy(seed).Source };
        Agent = new SipUserAgent(configure?.Invoke(options) ?? options);
    }

    public IPEndPoint EndPoint { get; }

    public SipUserAgent Agent { get; }

    /// <summary>What the owner does on an event.</summary>
    public Action<SipCallEvent, TimeSpan> Script { get; set; } = (_, _) => { };

    public List<SipCallEvent> Events { get; } = [];

    public List<SipPing> Pings { get; } = [];

    public SipUri Uri => SipUri.Parse($"sip:fax@{EndPoint}");

    public T Single<T>()
        where T : SipCallEvent => Assert.Single(Events.OfType<T>());

    public SipCall Call(SimulatedHost callee, string sdp, TimeSpan now, Func<InviteRequest, InviteRequest>? configure = null)
    {
        var invite = new InviteRequest
        {
            RequestUri = callee.Uri,
            From = new SipNameAddr(Uri),
            NextHop = callee.EndPoint,
            Body = SipBody.FromSdp(sdp),
        };
        return Agent.Invite(configure?.Invoke(invite) ?? invite, now);
    }
}
