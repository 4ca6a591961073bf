using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Checks;

/// <summary>Whether the modules are loaded that calls and the dialplan need.</summary>
internal sealed class ModulesCheck(AmiClient client, CheckNotes notes)
{
    private static readonly string[] Always =
    [
        "chan_pjsip", "res_pjsip", "res_pjsip_session", "res_pjsip_sdp_rtp", "res_pjsip_header_funcs", "res_rtp_asterisk", "res_fax", "res_fax_spandsp", "pbx_config",
        "app_stack", "app_userevent", "func_base64", "func_callerid", "func_channel", "func_db", "func_env", "func_hangupcause", "func_logic", "func_strings", "func_timeout",
    ];

    public async Task RunAsync(IEnumerable<TrunkProfile> trunks)
    {
        List<string> missing = [];
        foreach (var module in Always.Concat(For([.. trunks])).Distinct())
        {
            var answer = await client.AskAsync(new AmiAction("ModuleCheck").With("Module", $"{module}.so"));
            // A user who may not ask is told so under permissions.
            if (answer.Outcome == AmiOutcome.Refused && answer.Message.Contains("not loaded", StringComparison.OrdinalIgnoreCase)) missing.Add(module);
        }

        if (missing.Count == 0) notes.Add("modules", CheckState.Ok, "The modules that are needed are loaded.");
        else notes.Add("modules", CheckState.Failed, $"Modules are not loaded: {string.Join(", ", missing)}.", "Load them in modules.conf; some distributions have them in packages of their own.");
    }

    private static IEnumerable<string> For(IReadOnlyList<TrunkProfile> trunks)
    {
        if (trunks.Any(trunk => trunk.T38.Support is T38Support.Yes or T38Support.Unknown)) yield return "res_pjsip_t38";
        if (trunks.Any(trunk => trunk.Credentials is not null)) yield return "res_pjsip_outbound_authenticator_digest";
        if (trunks.Any(trunk => trunk.Registration is not null)) yield return "res_pjsip_outbound_registration";
        if (trunks.Any(trunk => trunk.Inbound.Networks.Count > 0)) yield return "res_pjsip_endpoint_identifier_ip";
        if (trunks.Any(trunk => trunk.Inbound.Authenticate)) yield return "res_pjsip_authenticator_digest";
    }
}
