using System.Text.Json;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Trunk;

/// <summary>Sends over any SIP trunk: by the template of a provider that comes with the package, or by the plain one.</summary>
public sealed class SipTrunkPlugin : SipFaxPlugin
{
    private const string Plain = "other";

    /// <inheritdoc/>
    // The schema lists the providers, so that the name of a file never comes from elsewhere.
    protected override TrunkTemplate TemplateFor(JsonElement settings) =>
        ReadTemplate(Path.Combine("trunks", $"{(settings.TryGetProperty("provider", out var provider) ? provider.GetString() : Plain)}.json"));
}
