using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Faxbot.Sdk.Outcomes;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Sdk.Trunks;

/// <summary>
/// What a trunk profile must be. It is the only judge: packages, the command line and the gateway take its word. Thread-safe.
/// </summary>
public static partial class TrunkProfileRules
{
    // The fields that the user agent writes itself, compact forms included: by hand they would stand twice, or say what is not so.
    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Via", "v", "From", "f", "To", "t", "Call-ID", "i", "CSeq", "Contact", "m", "Max-Forwards", "Content-Length", "l", "Content-Type", "c",
        "Route", "Record-Route", "Authorization", "Proxy-Authorization", "Require", "Supported", "k", "Session-Expires", "x",
    };

    /// <summary>All that is wrong, each with the way to the field and what it should be; none when it can be used.</summary>
    public static IReadOnlyList<ConfigProblem> Check(TrunkProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return
        [
            .. CheckServers(profile),
            .. CheckAccount(profile),
            .. CheckNumbers(profile),
            .. CheckT38(profile.T38),
            .. CheckMedia(profile),
            .. CheckSignalling(profile),
            .. CheckPapers(profile),
        ];
    }

    private static IEnumerable<ConfigProblem> CheckServers(TrunkProfile profile)
    {
        if (profile.Servers.Count == 0) yield return new("$.servers", "It is empty: give at least { \"host\": \"...\" }.");
        if (profile.Domain is { } domain && !IsHost(domain)) yield return new("$.domain", "It is no domain: give a host name or address without port.");
        foreach (var (index, server) in profile.Servers.Index())
        {
            var path = $"$.servers[{index}]";
            if (!IsHost(server.Host)) yield return new($"{path}.host", "It is no host: give a name or an address without port.");
            if (server.Port is < 1 or > 65535) yield return new($"{path}.port", $"It is {server.Port}: give 1 to 65535.");
            foreach (var problem in CheckPrefixes(server.Destinations, $"{path}.destinations")) yield return problem;
        }
    }

    private static IEnumerable<ConfigProblem> CheckAccount(TrunkProfile profile)
    {
        if (profile.Credentials is { User: "" }) yield return new("$.credentials.user", "It is empty: give the account's user name.");
        if (profile.Credentials is { Password: "" }) yield return new("$.credentials.password", "It is empty: give the account's password.");
        if (profile.Registration is { } registration)
        {
            if (profile.Credentials is null) yield return new("$.registration", "A registration needs an account: give credentials.");
            if (registration.Expiry < TimeSpan.FromMinutes(1) || registration.Expiry > TimeSpan.FromDays(1))
                yield return new("$.registration.expiry", "Give 00:01:00 to 1.00:00:00.");
            if (registration.KeepAlive < TimeSpan.Zero || registration.KeepAlive > TimeSpan.FromMinutes(15))
                yield return new("$.registration.keep_alive", "Give 00:00:00 (never) to 00:15:00.");
            if (registration.Registrar is { } registrar && !IsHost(registrar)) yield return new("$.registration.registrar", "It is no domain.");
        }

        if (profile.Inbound.Authenticate && profile.Credentials is null)
            yield return new("$.inbound.authenticate", "Calls cannot prove who they are without an account: give credentials.");
        // Asterisk finds the endpoint first, and the endpoint's password then: by the user alone it would have to bear the user's name.
        if (profile is { Line: TrunkLine.Asterisk, Inbound: { Authenticate: true, Networks.Count: 0 } })
            yield return new("$.inbound.networks", "An Asterisk asks calls for a password only once it knows whose they are by their address: give the networks that they come from.");
    }

    private static IEnumerable<ConfigProblem> CheckNumbers(TrunkProfile profile)
    {
        var numbers = profile.Numbers;
        foreach (var (name, form) in new[] { ("request_uri", numbers.RequestUri), ("to", numbers.To), ("from", numbers.From), ("identity", numbers.Identity) })
        {
            if (form is null) continue;
            if (form is { Style: NumberStyle.National, Country: null })
                yield return new($"$.numbers.{name}.country", "The national style needs a country: give its code without plus sign, such as 49.");
            if (form.Country is { } country && !CountryCode().IsMatch(country)) yield return new($"$.numbers.{name}.country", "It is no country code: give 1 to 3 digits.");
            if (!Dialled().IsMatch(form.Prefix) || !Dialled().IsMatch(form.Suffix)
                || !Dialled().IsMatch(form.NationalPrefix) || !Dialled().IsMatch(form.InternationalPrefix ?? ""))
                yield return new($"$.numbers.{name}", "A prefix or suffix has a sign in it that cannot be dialled: give digits, *, #, + and letters.");
            if (form.Parameters.Any(p => !Token().IsMatch(p.Key) || (p.Value.Length > 0 && !Token().IsMatch(p.Value))))
                yield return new($"$.numbers.{name}.parameters", "A name or value is no token: give letters, digits and -.!%*_+`'~.");
        }

        if (profile.Caller.Number is { } caller && !E164().IsMatch(caller)) yield return new("$.caller.number", "Give it in E.164, such as +15551234567.");
        if (profile.Caller.Domain is { } domain && !IsHost(domain)) yield return new("$.caller.domain", "It is no domain.");
        if (!profile.Caller.Allowed.All(E164().IsMatch)) yield return new("$.caller.allowed", "A number is not in E.164, such as +15551234567.");
        if (profile.Caller.Number is { } own && !profile.Caller.Allow(own)) yield return new("$.caller.number", "It is not among the allowed ones.");
        if (!profile.T38.Numbers.Keys.All(E164().IsMatch)) yield return new("$.t38.numbers", "A number is not in E.164, such as +15551234567.");
        if (profile.Inbound.Country is { } country2 && !CountryCode().IsMatch(country2)) yield return new("$.inbound.country", "It is no country code: give 1 to 3 digits.");
        foreach (var problem in CheckPrefixes(profile.Destinations.Allowed, "$.destinations.allowed")) yield return problem;
        foreach (var problem in CheckPrefixes(profile.Destinations.Forbidden, "$.destinations.forbidden")) yield return problem;
    }

    private static IEnumerable<ConfigProblem> CheckT38(TrunkT38 t38)
    {
        if (t38.Version is < 0 or > 3) yield return new("$.t38.version", $"It is {t38.Version}: give 0, 1, 2 or 3.");
        if (t38.MaxBitRate is < 2400 or > 14_400) yield return new("$.t38.max_bit_rate", $"It is {t38.MaxBitRate}: give 2400 to 14400 bit/s.");
        if (t38.MaxDatagram is < 72 or > 1500) yield return new("$.t38.max_datagram", $"It is {t38.MaxDatagram}: give 72 to 1500 octets.");
        if (t38.MaxDatagramOverride is < 72 or > 1500)
            yield return new("$.t38.max_datagram_override", $"It is {t38.MaxDatagramOverride}: give 72 to 1500 octets, or leave it out.");
        if (t38.ControlRedundancy is < 0 or > 8) yield return new("$.t38.control_redundancy", $"It is {t38.ControlRedundancy}: give 0 to 8 packets.");
        if (t38.ImageRedundancy is < 0 or > 8) yield return new("$.t38.image_redundancy", $"It is {t38.ImageRedundancy}: give 0 to 8 packets.");
        if (t38.SwitchAfter < TimeSpan.Zero) yield return new("$.t38.switch_after", "Give 00:00:00 or longer.");
        if (t38.InboundSwitchAfter < TimeSpan.Zero) yield return new("$.t38.inbound_switch_after", "Give 00:00:00 or longer.");
        if (t38.SwitchTimeout <= TimeSpan.Zero) yield return new("$.t38.switch_timeout", "Give longer than 00:00:00.");
    }

    private static IEnumerable<ConfigProblem> CheckMedia(TrunkProfile profile)
    {
        var audio = profile.Audio;
        if (audio.Codecs.Count == 0) yield return new("$.audio.codecs", "It is empty: give pcmu, pcma or both.");
        if (audio.Codecs.Distinct().Count() != audio.Codecs.Count) yield return new("$.audio.codecs", "A codec stands in it twice.");
        if (audio.MaxBitRate is < 2400 or > 14_400) yield return new("$.audio.max_bit_rate", $"It is {audio.MaxBitRate}: give 2400 to 14400 bit/s.");
        foreach (var problem in CheckNetworks(audio.Networks, "$.audio.networks")) yield return problem;
        foreach (var problem in CheckNetworks(profile.Inbound.Networks, "$.inbound.networks")) yield return problem;
    }

    private static IEnumerable<ConfigProblem> CheckSignalling(TrunkProfile profile)
    {
        var (signalling, limits) = (profile.Signalling, profile.Limits);
        if (signalling.RingTimeout <= TimeSpan.Zero) yield return new("$.signalling.ring_timeout", "Give longer than 00:00:00.");
        if (signalling.ServerTimeout < TimeSpan.FromSeconds(1) || signalling.ServerTimeout > TimeSpan.FromSeconds(32))
            yield return new("$.signalling.server_timeout", "Give 00:00:01 to 00:00:32.");
        // RFC 4028 section 5: no interval is shorter.
        if (signalling.SessionExpires < TimeSpan.FromSeconds(90)) yield return new("$.signalling.session_expires", "Give 00:01:30 or longer.");
        if (signalling.MaxRequest is < 600 or > 65_000) yield return new("$.signalling.max_request", $"It is {signalling.MaxRequest}: give 600 to 65000 octets.");
        if (signalling.PingInterval < TimeSpan.FromSeconds(10)) yield return new("$.signalling.ping_interval", "Give 00:00:10 or longer.");
        if (limits.MaxCalls < 1) yield return new("$.limits.max_calls", "Give 1 or more, or leave it out.");
        if (limits.CallsPerSecond <= 0) yield return new("$.limits.calls_per_second", "Give more than 0, or leave it out.");
        if (limits.MaxCallDuration <= TimeSpan.Zero) yield return new("$.limits.max_call_duration", "Give longer than 00:00:00, or leave it out.");
    }

    private static IEnumerable<ConfigProblem> CheckPapers(TrunkProfile profile)
    {
        foreach (var (name, value) in profile.Headers)
        {
            if (!Token().IsMatch(name)) yield return new("$.headers", $"{Shown(name)} is no name of a header field.");
            else if (OwnHeaders.Contains(name)) yield return new($"$.headers.{name}", "This field is SIP's own and cannot be set.");
            if (value.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0) yield return new("$.headers", $"The value of {Shown(name)} has a control character in it, such as a line break.");
        }

        foreach (var (index, rule) in profile.Failures.Index())
        {
            if (rule.Class == OutcomeClass.Success) yield return new($"$.failures[{index}].class", "A refused call is no success.");
            if (rule.Contains is "") yield return new($"$.failures[{index}].contains", "It is empty: give a word, or leave it out.");
            if (rule.Party == OutcomeParty.None) yield return new($"$.failures[{index}].party", "Somebody failed: say who.");
            if (rule.Status is < 300 or > 699) yield return new($"$.failures[{index}].status", $"It is {rule.Status}: give 300 to 699.");
        }

        if (profile.Rates is { } rates && rates.Currency is not { Length: 3 }) yield return new("$.rates.currency", "Give three letters of ISO 4217, such as USD.");
        foreach (var (index, rate) in (profile.Rates?.Card ?? []).Index())
        {
            if (rate.PerMinute < 0) yield return new($"$.rates.card[{index}].per_minute", "Give 0 or more.");
            if (rate.Increment <= TimeSpan.Zero) yield return new($"$.rates.card[{index}].increment", "Give longer than 00:00:00.");
        }
    }

    private static IEnumerable<ConfigProblem> CheckPrefixes(IReadOnlyList<string> prefixes, string path) =>
        prefixes.All(PlusPrefix().IsMatch) ? [] : [new ConfigProblem(path, "A prefix does not begin with a plus sign, or has more than digits behind it.")];

    private static IEnumerable<ConfigProblem> CheckNetworks(IReadOnlyList<string> networks, string path) =>
        networks.Where(text => !IPNetwork.TryParse(text, out _))
            .Select(text => new ConfigProblem(path, $"{Shown(text)} is no network: give an address and the length of its prefix, such as 192.0.2.0/24."));

    private static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private static string Shown(string text) => string.Create(CultureInfo.InvariantCulture, $"\"{(text.Length > 40 ? text[..40] + "..." : text)}\"");

    [GeneratedRegex(@"^\+[0-9]{3,15}\z")]
    private static partial Regex E164();

    [GeneratedRegex(@"^\+[0-9]{0,15}\z")]
    private static partial Regex PlusPrefix();

    [GeneratedRegex(@"^[1-9][0-9]{0,2}\z")]
    private static partial Regex CountryCode();

    [GeneratedRegex(@"^[0-9A-Za-z*#+.\-]{0,32}\z")]
    private static partial Regex Dialled();

    [GeneratedRegex(@"^[A-Za-z0-9\-.!%*_+`'~]{1,100}\z")]
    private static partial Regex Token();
}
