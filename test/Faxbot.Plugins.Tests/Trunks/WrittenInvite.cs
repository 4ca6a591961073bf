using System.Net;
using Faxbot.Imaging.Pages;
using Faxbot.Lines;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Plugins.Tests.Packages;
using Faxbot.Sip.Calls;
using Faxbot.Sip.Transports;
using Faxbot.Testing.Faxes;

namespace Faxbot.Plugins.Tests.Trunks;

/// <summary>The INVITE that the gateway writes for a package, as far as it tells one provider from another.</summary>
internal sealed record WrittenInvite(string RequestUri, string? To, string From, IReadOnlyList<string> Headers, InviteRequest Request)
{
    private static readonly IPEndPoint Local = new(IPAddress.Parse("198.51.100.7"), 5060);
    private static readonly SipHop NextHop = new(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5060));

    public static WrittenInvite Of(string folder, string template, string settings, string to, string? from = null)
    {
        var trunk = ProviderPackage.Find(folder).Fill(template, settings);
        var fax = new OutboundFax { Trunk = trunk, To = to, From = from, Document = new BitmapDocument(FaxResolution.Fine), Reference = "attempt-1" };
        var invite = InviteComposer.Compose(fax.Target, trunk.Servers[0], NextHop, Local, SipBody.FromSdp(""), flow: null);
        Assert.NotNull(invite);
        return new WrittenInvite(invite.RequestUri.ToString(), invite.To?.ToString(), invite.From.ToString(), [.. invite.Headers.Select(header => $"{header.Name}: {header.Value}")], invite);
    }
}
