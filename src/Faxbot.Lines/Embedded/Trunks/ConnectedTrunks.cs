using System.Collections.Immutable;
using System.Net;
using Faxbot.Sip.Auth;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// The trunks of a line, and which of them a call or message belongs to that came in: by the network that it comes from, by the registered flow, or by the
/// trunk's own credentials. Joining and leaving is thread-safe; matching is guarded by the port's lock.
/// </summary>
internal sealed class ConnectedTrunks(TimeProvider time)
{
    private readonly CallerProof _proof = new(time);
    private readonly StrangerLimit _strangers = new(time);
    private ImmutableArray<TrunkConnection> _all = [];

    /// <summary>All of them, the newest first.</summary>
    public ImmutableArray<TrunkConnection> All => _all;

    /// <summary>Lets a trunk's calls in.</summary>
    public void Add(TrunkConnection trunk) => ImmutableInterlocked.Update(ref _all, all => all.Insert(0, trunk));

    /// <summary>Takes the trunk's calls no more.</summary>
    public void Remove(TrunkConnection trunk) => ImmutableInterlocked.Update(ref _all, all => all.Remove(trunk));

    /// <summary>Whose that is.</summary>
    /// <param name="request">The INVITE or MESSAGE.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="traffic">What it is.</param>
    public InboundMatch Match(SipRequest request, IPEndPoint source, TrunkTraffic traffic)
    {
        var user = request.RequestUri.User;
        var takers = _all.Where(trunk => trunk.Takes.HasFlag(traffic)).ToArray();
        var known = takers.Where(trunk => !trunk.Trunk.Inbound.Authenticate && trunk.IsFrom(source, user)).OrderByDescending(trunk => trunk.IsContact(user));
        if (known.FirstOrDefault() is { } from) return new InboundMatch.Of(from);
        var provable = takers.Where(trunk => trunk.MayProve(source, user)).ToArray();
        if (provable.Length == 0) return new InboundMatch.Stranger();
        var verdicts = provable.Select(trunk => (Trunk: trunk, Verdict: _proof.Check(request, trunk.Credentials!))).ToArray();
        if (verdicts.FirstOrDefault(one => one.Verdict == DigestVerdict.Accepted).Trunk is { } proved) return new InboundMatch.Of(proved);
        if (verdicts.Any(one => one.Verdict == DigestVerdict.WrongPassword)) return new InboundMatch.Stranger();
        // Whoever only collects challenges is a stranger too.
        NoteStranger(source.Address);
        return new InboundMatch.Prove(_proof.Challenge(verdicts.Any(one => one.Verdict == DigestVerdict.StaleNonce)));
    }

    /// <summary>Whether a trunk is there at all.</summary>
    public bool IsKnown(IPAddress source) => _all.Any(trunk => trunk.IsAt(source));

    /// <summary>A call or message from there was refused.</summary>
    public void NoteStranger(IPAddress source) => _strangers.Note(source);

    /// <summary>Whether a call or message from there gets no answer at all: it comes from no trunk's place, and too many came before.</summary>
    public bool IsSilenced(IPAddress source) => _strangers.IsSilenced(source) && !IsKnown(source);
}
