using System.Globalization;
using Faxbot.Lines.Asterisk.Configuration;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Asterisk.Checks;

/// <summary>Whether the endpoint of a trunk is as its profile wants it, its servers answer, and it is registered where it needs that.</summary>
internal sealed class EndpointCheck(AmiClient client, CheckNotes notes, string endpoint, TrunkProfile trunk)
{
    private const string Rewrite = "Write the files anew (faxbot asterisk config), and reload: pjsip reload.";

    public async Task RunAsync()
    {
        var shown = await client.AskAsync(new AmiAction("PJSIPShowEndpoint").With("Endpoint", endpoint), AmiFollow.List);
        if (shown.Events.FirstOrDefault(message => message.Event == "EndpointDetail") is not { } detail)
        {
            notes.Add(endpoint, CheckState.Failed, $"There is no endpoint {endpoint}.", "Write the files (faxbot asterisk config), include them, and reload: pjsip reload.");
            return;
        }

        var wrong = Differences(detail).ToList();
        if (wrong.Count == 0) notes.Add(endpoint, CheckState.Ok, "The endpoint is as the profile wants it.");
        else notes.Add(endpoint, CheckState.Failed, $"The endpoint is not as the profile wants it: {string.Join(", ", wrong)}.", Rewrite);
        LookAtServers([.. shown.Events.Where(message => message.Event == "ContactStatusDetail")]);
        if (trunk.Registration is not null) await LookAtRegistrationAsync();
        foreach (var sentence in AsteriskDifferences.Of(trunk)) notes.Add(endpoint, CheckState.Warning, sentence);
    }

    // As Asterisk shows them: yes and no are true and false.
    private IEnumerable<string> Differences(AmiMessage detail)
    {
        var usesT38 = trunk.T38.Support is T38Support.Yes or T38Support.Unknown;
        (string Option, string Field, string Wanted)[] options =
        [
            ("context", "Context", AsteriskDialplan.ReceiveContext),
            ("t38_udptl", "T38Udptl", usesT38 ? "true" : "false"),
            ("t38_udptl_ec", "T38UdptlEc", trunk.T38.ErrorCorrection.ToString()),
            ("t38_udptl_maxdatagram", "T38UdptlMaxdatagram", (trunk.T38.MaxDatagramOverride ?? 0).ToString(CultureInfo.InvariantCulture)),
            ("from_user", "FromUser", trunk.Caller.User ?? ""),
            ("direct_media", "DirectMedia", "false"),
        ];
        return options.Where(option => !detail[option.Field].Equals(option.Wanted, StringComparison.OrdinalIgnoreCase))
            .Select(option => $"{option.Option} is {(detail[option.Field] is { Length: > 0 } value ? value : "not set")}");
    }

    private void LookAtServers(IReadOnlyList<AmiMessage> contacts)
    {
        if (contacts.Count == 0)
        {
            notes.Add(endpoint, CheckState.Failed, "The endpoint has no server to call.", Rewrite);
            return;
        }

        var silent = contacts.Where(contact => contact["Status"] is "Unreachable" or "Unavail").Select(contact => contact["URI"]).ToList();
        if (silent.Count == 0) return;
        notes.Add(
            endpoint,
            silent.Count == contacts.Count ? CheckState.Failed : CheckState.Warning,
            $"Asterisk gets no answer to OPTIONS from {string.Join(", ", silent)}.",
            "Check the server's address, port and transport, and the firewalls between.");
    }

    private async Task LookAtRegistrationAsync()
    {
        var shown = await client.AskAsync(new AmiAction("PJSIPShowRegistrationsOutbound"), AmiFollow.List);
        var name = PjsipTrunk.RegistrationOf(endpoint);
        var state = shown.Events.FirstOrDefault(message => message.Event == "OutboundRegistrationDetail" && message["ObjectName"] == name)?["Status"] ?? "";
        if (state == "Registered") notes.Add(endpoint, CheckState.Ok, "Asterisk is registered at the trunk.");
        else notes.Add(endpoint, CheckState.Failed, $"Asterisk is not registered at the trunk{(state.Length > 0 ? $": {state}" : "")}.", "Check user and password of the trunk, and what Asterisk logged.");
    }
}
