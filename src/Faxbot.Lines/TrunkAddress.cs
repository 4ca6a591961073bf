using Faxbot.Sdk.Trunks;
using Faxbot.Sip.Messages;

namespace Faxbot.Lines;

/// <summary>Writes numbers as SIP addresses, as a trunk wants them.</summary>
internal static class TrunkAddress
{
    /// <summary>The address of a number; null when it cannot be written as one.</summary>
    public static SipUri? Of(string domain, NumberForm form, string number, int? port = null)
    {
        if (Of(domain, form.Write(number)) is not { } uri) return null;
        var parameters = form.Parameters.Aggregate(uri.Parameters, (all, parameter) => all.With(parameter.Key, parameter.Value.Length == 0 ? null : parameter.Value));
        return uri with { Port = port == SipUri.DefaultPort ? null : port, Parameters = parameters };
    }

    /// <summary>The address of a user; null when it cannot be written as one.</summary>
    public static SipUri? Of(string domain, string user) =>
        user.Length > 0 && SipUri.TryParse($"sip:{(domain.Contains(':', StringComparison.Ordinal) ? $"[{domain}]" : domain)}", out var uri) && uri.Host == domain
            ? uri with { User = user } : null;
}
