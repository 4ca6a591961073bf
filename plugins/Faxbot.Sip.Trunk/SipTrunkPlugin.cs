using System.Text.Json;
using Faxbot.Sdk;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Sip.Trunk;

/// <summary>Sends over any SIP trunk: the settings are a trunk profile.</summary>
public sealed class SipTrunkPlugin : SipFaxPlugin
{
    /// <inheritdoc/>
    protected override TrunkProfile Trunk => Context.SettingsAs<TrunkProfile>();

    /// <inheritdoc/>
    public override Task<IReadOnlyList<ConfigProblem>> ValidateConfigAsync(JsonElement settings, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ConfigProblem>>(Problem(settings) is { } problem ? [new ConfigProblem("$", problem)] : []);

    private static string? Problem(JsonElement settings)
    {
        try
        {
            return settings.Deserialize<TrunkProfile>(SdkJson.Options) is { } profile ? TrunkProfileJson.FindProblem(profile) : "The settings are empty.";
        }
        catch (JsonException wrong)
        {
            return wrong.Message;
        }
    }
}
