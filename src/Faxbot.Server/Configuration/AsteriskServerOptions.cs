namespace Faxbot.Server.Configuration;

/// <summary>An Asterisk, as the gateway reaches it.</summary>
internal sealed record AsteriskServerOptions
{
    [Setting("A name for people, and for the ids of what it received: it stays the same as long as the server does.", Example = "pbx", IsRequired = true)]
    public string? Name { get; init; }

    [Setting("Host name or address of its manager interface (AMI).", Example = "127.0.0.1", IsRequired = true)]
    public string? Host { get; init; }

    [Setting("The port of the manager interface.", Min = 1, Max = 65_535, Unset = "5038, 5039 with TLS", Example = "5038")]
    public int? Port { get; init; }

    [Setting("The manager user.")]
    public string User { get; init; } = "faxbot";

    [Setting("The manager user's secret. It never crosses the network in the clear.", Example = "a long random text", IsRequired = true)]
    public SecretText? Secret { get; init; }

    [Setting("Whether the manager interface is reached over TLS.")]
    public bool Tls { get; init; }

    [Setting("The name in its certificate, where it is not `host`.", Unset = "`host`", Example = "pbx.example.com")]
    public string? TlsName { get; init; }

    [Setting("A PEM file of roots that vouch for its certificate beside the system's.", IsPath = true, Unset = "the system's roots alone", Example = "{data_folder}/asterisk-roots.pem")]
    public string? TlsRoots { get; init; }

    [Setting("The hand-over folder as the gateway sees it: faxes to be sent and received ones go through it.", IsPath = true)]
    public string Folder { get; init; } = "{data_folder}/asterisk";

    [Setting("The same folder as Asterisk sees it.", Unset = "the same path", Example = "/var/spool/asterisk/faxbot")]
    public string? FolderThere { get; init; }

    [Setting("The most calls at once that are placed over it.", Min = 1, Max = 10_000)]
    public int MaxCalls { get; init; } = 100;
}
