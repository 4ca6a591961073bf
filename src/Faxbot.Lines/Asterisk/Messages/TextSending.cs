using System.Text;
using Faxbot.Lines.Asterisk.Calls;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Lines.Asterisk.Servers;
using Faxbot.Lines.Embedded.Signalling;

namespace Faxbot.Lines.Asterisk.Messages;

/// <summary>Hands a text message to the first server that takes it. Asterisk says that it took it, and no more.</summary>
internal sealed class TextSending(ServerPool pool, TimeSpan patience)
{
    // The body goes Base64 encoded in one line of AMI.
    private const int MostOctets = 740;

    public async Task<TextHandOver> RunAsync(OutboundText message, CancellationToken cancel)
    {
        if (Encoding.UTF8.GetByteCount(message.Text) > MostOctets) return new TextHandOver(false, false, $"Asterisk takes messages of at most {MostOctets} octets.");
        if (Compose(message) is not { } action) return new TextHandOver(false, false, "The number, the sender or the trunk's domain cannot be written as a SIP address.");
        List<ServerLink> refused = [];
        while (await pool.TakeAsync(refused, patience, cancel) is { } link)
        {
            var sent = await link.AskAsync(action);
            link.Release();
            switch (sent.Outcome)
            {
                case AmiOutcome.Success: return new TextHandOver(true, true, null);
                case AmiOutcome.Refused: return new TextHandOver(false, false, $"Asterisk {link.Server.Name} did not take the message: {sent.Message.TrimEnd('.')}.");
                case AmiOutcome.NotSent: refused.Add(link); break;
                default: return new TextHandOver(false, true, $"The connection to Asterisk {link.Server.Name} was lost while it was handed over.");
            }
        }

        return new TextHandOver(false, false, pool.Links.Select(link => link.Status.Problem).FirstOrDefault(problem => problem is not null) ?? "No Asterisk is connected.");
    }

    private static AmiAction? Compose(OutboundText message)
    {
        var trunk = message.Trunk;
        var server = ServerChoice.For(trunk, message.To);
        var to = TrunkAddress.Of(trunk.Domain ?? server.Host, trunk.Numbers.RequestUri, message.To, trunk.Domain is null ? server.Port : null);
        var domain = trunk.Caller.Domain ?? trunk.AddressDomain();
        var from = trunk.Caller.NumberFor(message.From) is { } number ? TrunkAddress.Of(domain, trunk.Numbers.From, number) : TrunkAddress.Of(domain, "anonymous");
        if (to is null || from is null || !Origination.IsId(message.Endpoint)) return null;
        return AmiAction.CanSend("To", $"pjsip:{message.Endpoint}/{to}") && AmiAction.CanSend("From", from.ToString())
            ? new AmiAction("MessageSend").With("To", $"pjsip:{message.Endpoint}/{to}").With("From", from.ToString()).With("Base64Body", Convert.ToBase64String(Encoding.UTF8.GetBytes(message.Text)))
            : null;
    }
}
