using Faxbot.Sip.Messages;

namespace Faxbot.Sdk.Testing.Carriers;

/// <summary>Whether an INVITE or MESSAGE is written as the carrier wants it.</summary>
internal static class InviteRules
{
    private const string AnyValue = "*";

    /// <summary>What is wrong with it, each as a sentence that names what was expected and what came.</summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="rules">What the carrier wants.</param>
    /// <param name="called">The number that is to be called, E.164 with plus sign.</param>
    /// <param name="caller">The number that calls, E.164 with plus sign.</param>
    public static IEnumerable<string> Check(SipRequest invite, CarrierRules rules, string called, string caller) =>
        [.. CheckAddresses(invite, rules, called, caller), .. FirstOffer(invite, rules.T38.InFirstOffer)];

    /// <summary>As the other, but for what is offered.</summary>
    public static IEnumerable<string> CheckAddresses(SipRequest invite, CarrierRules rules, string called, string caller) =>
    [
        .. Address("Request-URI", rules.RequestUri, invite.RequestUri, called),
        .. Address("To", rules.To, invite.To.Uri, called),
        .. Address("From", rules.From, invite.From.Uri, caller),
        .. Asserted(invite, rules.AssertedIdentity, caller),
        .. Headers(invite, rules.Headers),
    ];

    private static IEnumerable<string> Asserted(SipRequest invite, AddressRule? rule, string caller)
    {
        if (rule is null) return [];
        return invite.Headers.PAssertedIdentities is [var identity, ..]
            ? Address("P-Asserted-Identity", rule, identity.Uri, caller)
            : [$"P-Asserted-Identity: the carrier wants the caller's number there, and the {invite.Method} has no such field."];
    }

    private static IEnumerable<string> Address(string field, AddressRule? rule, SipUri uri, string number)
    {
        if (rule is null) yield break;
        if (rule.UserFor(number) is { } user && uri.User != user)
            yield return $"{field}: the user must be \"{user}\" for the number {number}, and is \"{uri.User}\".";
        if (rule.Host is { } host && !uri.Host.Equals(host, StringComparison.OrdinalIgnoreCase))
            yield return $"{field}: the host must be \"{host}\", and is \"{uri.Host}\".";
        foreach (var (name, value) in rule.Parameters)
        {
            if (!uri.Parameters.Contains(name) || (uri.Parameters[name] ?? "") != value)
                yield return $"{field}: the URI must have the parameter {name}={value}, and is \"{uri}\".";
        }
    }

    private static IEnumerable<string> Headers(SipRequest invite, IReadOnlyDictionary<string, string> wanted)
    {
        foreach (var (name, value) in wanted)
        {
            if (invite.Headers[name] is not { } came) yield return $"{name}: the carrier wants this header field, and the {invite.Method} has none.";
            else if (value != AnyValue && came != value) yield return $"{name}: it must be \"{value}\", and is \"{came}\".";
        }
    }

    private static IEnumerable<string> FirstOffer(SipRequest invite, bool? wanted)
    {
        if (wanted is not { } must) return [];
        var offers = CarrierSdp.Read(invite.Body) is { } offer && Sip.Sdp.T38OfferAnswer.IsOfferedBy(offer);
        if (offers == must) return [];
        return [must ? "SDP: the first INVITE must offer T.38 beside audio, and offers audio alone." : "SDP: the first INVITE must offer audio alone, and offers T.38 too."];
    }
}
