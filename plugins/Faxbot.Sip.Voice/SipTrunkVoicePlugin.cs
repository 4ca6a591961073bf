using System.Text.Json;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Voice;

/// <summary>Calls over any SIP trunk, by the same templates as faxes.</summary>
public sealed class SipTrunkVoicePlugin : SipVoicePlugin
{
    private const string Plain = "other";

    /// <inheritdoc/>
    // The schema lists the providers, so that the name of a file never comes from elsewhere.
    protected override TrunkTemplate TemplateFor(JsonElement settings) =>
        ReadTemplate(Path.Combine("trunks", $"{(settings.TryGetProperty("provider", out var provider) ? provider.GetString() : Plain)}.json"));
}
