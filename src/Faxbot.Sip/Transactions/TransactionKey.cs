using System.Globalization;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Transactions;

/// <summary>What matches a message to its transaction: RFC 3261 17.1.3 for clients, 17.2.3 for servers.</summary>
/// <param name="Branch">The branch; of a peer that knows none, all that RFC 2543 compares.</param>
/// <param name="SentBy">Host and port of the server's top Via; empty for clients, whose branches are our own.</param>
/// <param name="Method">The method, INVITE for an ACK.</param>
internal readonly record struct TransactionKey(string Branch, string SentBy, SipMethod Method)
{
    public static TransactionKey OfClient(string branch, SipMethod method) => new(branch, "", method);

    public static TransactionKey OfServer(SipRequest request, SipMethod method)
    {
        var via = request.TopVia;
        if (via.HasRfc3261Branch)
        {
            return new(via.Branch!, SentByOf(via), method);
        }

        // The To tag is left out: the ACK of a failure has the one that our response gave, the INVITE has none.
        var parts = string.Join('\n', request.RequestUri, request.From.Tag, request.CallId,
            request.CSeq.Number.ToString(CultureInfo.InvariantCulture), via.Branch);
        return new(parts, SentByOf(via), method);
    }

    private static string SentByOf(SipVia via) => via.Port is { } port
        ? string.Create(CultureInfo.InvariantCulture, $"{via.Host}:{port}").ToLowerInvariant()
        : via.Host.ToLowerInvariant();
}
