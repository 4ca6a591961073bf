namespace Faxbot.Sdk.Manifests;

/// <summary>What a plugin promises beyond its capabilities. The gateway relies on them when it decides whether a fax may be sent again.</summary>
public sealed record PluginTraits
{
    /// <summary>Sending twice with one attempt id sends once.</summary>
    public bool IdempotentSend { get; init; }

    /// <summary>A status can be asked for by the attempt id alone, when the answer to sending was lost.</summary>
    public bool LookupByReference { get; init; }

    /// <summary>Webhooks carry a signature that the plugin checks.</summary>
    public bool SignedWebhooks { get; init; }

    /// <summary>A fax under way can be cancelled.</summary>
    public bool Cancel { get; init; }

    /// <summary>Statuses say how many pages were confirmed.</summary>
    public bool PageCounts { get; init; }

    /// <summary>Results or statuses say what it cost.</summary>
    public bool Cost { get; init; }

    /// <summary>What it wants to be given.</summary>
    public DocumentForm Document { get; init; } = DocumentForm.Tiff;

    /// <summary>Whether the provider says that it is fit for US health data.</summary>
    public bool? HipaaCompliant { get; init; }

    /// <summary>Whether that takes a business associate agreement.</summary>
    public bool? RequiresBaa { get; init; }
}

/// <summary>The form of a document.</summary>
public enum DocumentForm
{
    /// <summary>TIFF-F, the very pages of the fax.</summary>
    Tiff,
    /// <summary>PDF.</summary>
    Pdf,
}
