using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Configuration;

/// <summary>The sections that make a trunk of a profile in <c>pjsip.conf</c>, the same for Asterisk 16 to 22.</summary>
internal static class PjsipTrunk
{
    /// <summary>The context that does not exist: a call that is sent on to it ends there.</summary>
    public const string NoContext = "faxbot-none";

    /// <summary>Writes them.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="endpoint">The name of the endpoint.</param>
    /// <param name="trunk">The trunk; <see cref="TrunkProfileRules"/> finds nothing wrong with it.</param>
    /// <param name="known">Networks that are an endpoint's already; those of this trunk are added.</param>
    public static void Write(ConfWriter file, string endpoint, TrunkProfile trunk, Dictionary<string, string> known)
    {
        var names = new Names(endpoint, trunk);
        if (trunk.Name.Length > 0) file.Comment(trunk.Name);
        foreach (var sentence in AsteriskDifferences.Of(trunk)) file.Comment(sentence);
        WriteEndpoint(file, names, trunk);
        WriteServers(file, names, trunk);
        WriteAccount(file, names, trunk);
        WriteRegistration(file, names, trunk);
        WriteNetworks(file, names, trunk, known);
    }

    /// <summary>The name of a trunk's registration.</summary>
    public static string RegistrationOf(string endpoint) => $"{endpoint}-registration";

    private static void WriteEndpoint(ConfWriter file, Names names, TrunkProfile trunk)
    {
        file.Section(names.Endpoint);
        file.Value("type", "endpoint");
        file.Value("context", AsteriskDialplan.ReceiveContext);
        file.Value("message_context", AsteriskDialplan.MessageContext);
        // By the user of From, anybody could call as this trunk.
        file.Value("identify_by", "ip");
        file.Value("aors", names.Servers);
        file.Value("outbound_auth", names.Account);
        file.Value("auth", trunk.Inbound.Authenticate ? names.Account : null);
        WriteSignalling(file, trunk);
        WriteMedia(file, trunk);
        if (CalledField(trunk.Inbound.CalledNumber) is { } field) file.Value("set_var", $"{AsteriskDialplan.CalledVariable}={field}");
        if (trunk.T38.Support is T38Support.AudioOnly) file.Value("set_var", $"{AsteriskDialplan.ReceiveVariable}=Fs");
        file.Space();
    }

    private static void WriteSignalling(ConfWriter file, TrunkProfile trunk)
    {
        file.Value("from_user", trunk.Caller.User);
        file.Value("from_domain", trunk.Caller.Domain ?? trunk.Domain);
        file.Value("outbound_proxy", PjsipAddress.ProxyFor(trunk.AddressDomain(), trunk));
        // Faxbot writes these fields itself, in the trunk's own form.
        file.Value("send_pai", false);
        file.Value("send_rpid", false);
        file.Value("trust_id_inbound", true);
        file.Value("100rel", trunk.Signalling.ReliableProvisional == ReliableProvisional.Required ? "required" : "yes");
        if (trunk.Signalling.SessionExpires is { } interval) file.Value("timers_sess_expires", (int)interval.TotalSeconds);
        // What is left of a redirection then is a call to a context that does not exist: a fax goes nowhere but to its trunk.
        file.Value("redirect_method", trunk.Signalling.Redirects == RedirectPolicy.SameTrunk ? "uri_pjsip" : "user");
        file.Value("set_var", $"FORWARD_CONTEXT={NoContext}");
        file.Value("allow_transfer", false);
        file.Value("allow_subscribe", false);
    }

    private static void WriteMedia(ConfWriter file, TrunkProfile trunk)
    {
        file.Value("disallow", "all");
        file.Value("allow", string.Join(',', trunk.Audio.Codecs.Select(codec => codec == TrunkCodec.Pcma ? "alaw" : "ulaw")));
        file.Value("direct_media", false);
        file.Value("fax_detect", false);
        file.Value("rtp_symmetric", trunk.Audio.Symmetric);
        file.Value("t38_udptl", trunk.T38.Support is T38Support.Yes or T38Support.Unknown);
        file.Value("t38_udptl_ec", trunk.T38.ErrorCorrection switch
        {
            T38ErrorCorrection.None => "none",
            T38ErrorCorrection.Fec => "fec",
            _ => "redundancy",
        });
        if (trunk.T38.MaxDatagramOverride is { } octets) file.Value("t38_udptl_maxdatagram", octets);
        file.Value("t38_udptl_nat", trunk.Audio.Symmetric);
    }

    private static void WriteServers(ConfWriter file, Names names, TrunkProfile trunk)
    {
        file.Section(names.Servers);
        file.Value("type", "aor");
        foreach (var address in PjsipAddress.Servers(trunk).Select(server => PjsipAddress.Of(trunk, server)).Distinct()) file.Value("contact", address);
        file.Value("outbound_proxy", PjsipAddress.ProxyFor(trunk.AddressDomain(), trunk));
        file.Value("qualify_frequency", (int)(trunk.Signalling.PingInterval ?? TimeSpan.Zero).TotalSeconds);
        file.Space();
    }

    private static void WriteAccount(ConfWriter file, Names names, TrunkProfile trunk)
    {
        if (trunk.Credentials is not { } account) return;
        file.Section(names.Account!);
        file.Value("type", "auth");
        file.Value("auth_type", "userpass");
        file.Value("username", account.AuthenticationUser ?? account.User);
        file.Value("password", account.Password);
        file.Value("realm", account.Realm);
        file.Space();
    }

    private static void WriteRegistration(ConfWriter file, Names names, TrunkProfile trunk)
    {
        if (trunk.Registration is not { } registration) return;
        var domain = registration.Registrar ?? trunk.AddressDomain();
        var registrar = domain == PjsipAddress.Best(trunk).Host ? PjsipAddress.Of(PjsipAddress.Best(trunk)) : $"sip:{PjsipAddress.Bracketed(domain)}";
        file.Section(names.Registration);
        file.Value("type", "registration");
        file.Value("server_uri", registrar);
        file.Value("client_uri", $"sip:{Uri.EscapeDataString(trunk.Credentials!.User)}@{PjsipAddress.Bracketed(domain)}");
        file.Value("contact_user", registration.ContactUser ?? trunk.Credentials.User);
        file.Value("outbound_auth", names.Account);
        file.Value("outbound_proxy", PjsipAddress.ProxyFor(domain, trunk));
        file.Value("expiration", (int)registration.Expiry.TotalSeconds);
        // The registrar's calls are known by a parameter of our contact, whatever address they come from.
        file.Value("line", true);
        file.Value("endpoint", names.Endpoint);
        // A trunk that refused may have been mended at the provider.
        file.Value("retry_interval", 60);
        file.Value("forbidden_retry_interval", 300);
        file.Value("fatal_retry_interval", 300);
        file.Value("max_retries", 1_000_000);
        file.Value("auth_rejection_permanent", false);
        file.Space();
    }

    private static void WriteNetworks(ConfWriter file, Names names, TrunkProfile trunk, Dictionary<string, string> known)
    {
        var own = trunk.Inbound.Networks.Where(network => known.TryAdd(network, names.Endpoint)).ToArray();
        foreach (var other in trunk.Inbound.Networks.Except(own).GroupBy(network => known[network]))
        {
            file.Comment($"What comes from {string.Join(", ", other)} comes over the endpoint {other.Key}.");
            file.Space();
        }

        if (own.Length == 0) return;
        file.Section(names.Networks);
        file.Value("type", "identify");
        file.Value("endpoint", names.Endpoint);
        foreach (var network in own) file.Value("match", network);
        file.Space();
    }

    private static string? CalledField(CalledNumberSource source) => source switch
    {
        CalledNumberSource.To => "To",
        CalledNumberSource.PCalledPartyId => "P-Called-Party-ID",
        CalledNumberSource.Diversion => "Diversion",
        _ => null,
    };

    /// <summary>The names of a trunk's sections.</summary>
    private sealed record Names(string Endpoint, TrunkProfile Trunk)
    {
        public string Servers => Endpoint;

        public string? Account => Trunk.Credentials is null ? null : $"{Endpoint}-account";

        public string Registration => RegistrationOf(Endpoint);

        public string Networks => $"{Endpoint}-networks";
    }
}
