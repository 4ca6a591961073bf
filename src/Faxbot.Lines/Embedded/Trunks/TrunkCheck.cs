using System.Net;
using Faxbot.Lines.Embedded.Signalling;
using Faxbot.Sdk.Plugins;
using Faxbot.Sdk.Trunks;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>
/// Looks at a trunk step by step, and says what is wrong and what to change:
/// 1. do the names lead anywhere, and do the servers answer OPTIONS; 2. is the address that we announce one that the trunk can reach; 3. does the
/// registrar take us; 4. does a call get through, and does the far end go over to T.38; 5. which values has nobody confirmed.
/// </summary>
internal sealed class TrunkCheck(EmbeddedLine line, LocalRoutes routes, TrunkProfile trunk, TimeProvider time)
{
    private static readonly TimeSpan RegistrarPatience = TimeSpan.FromSeconds(10);
    private readonly List<CheckFinding> _findings = [];

    /// <param name="dial">The number that is called; null calls nobody.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<CheckFinding>> RunAsync(string? dial, CancellationToken cancel)
    {
        await LookAtServersAsync(cancel);
        await LookAtRegistrationAsync(cancel);
        await new TrialCall(line.Originate, trunk, _findings).RunAsync(dial, cancel);
        TrialCall.LookAtEvidence(trunk, _findings);
        return _findings;
    }

    private async Task LookAtServersAsync(CancellationToken cancel)
    {
        var ping = await line.PingAsync(trunk, cancel);
        foreach (var server in ping.Servers)
        {
            if (server.Status is { } status) Add("server", CheckState.Ok, $"{server.Host} ({server.Place}) answers SIP: {status} after {server.Elapsed.TotalMilliseconds:0} ms.");
            // While another one answers, calls go there.
            else Add("server", ping.IsAlive ? CheckState.Warning : CheckState.Failed, server.Problem ?? $"{server.Host} does not answer SIP.");
        }

        if (ping.Servers.FirstOrDefault(server => server.Status is not null) is { Place: { } place }) LookAtAddress(place.EndPoint.Address);
    }

    private void LookAtAddress(IPAddress far)
    {
        var near = routes.Towards(far);
        if (IsPublic(near) || !IsPublic(far))
        {
            Add("address", CheckState.Ok, $"The trunk is told {near} as this machine's address.");
            return;
        }

        Add("address", trunk.Registration is null ? CheckState.Failed : CheckState.Warning,
            $"The trunk is told {near} as this machine's address, which it cannot reach: this machine is behind NAT.",
            "Set sip.public_address or sip.stun_server, forward the SIP and media ports, and set trunk.audio.symmetric where the trunk expects that.");
    }

    private async Task LookAtRegistrationAsync(CancellationToken cancel)
    {
        if (trunk.Registration is null)
        {
            Add("registration", CheckState.Skipped, trunk.Credentials is null
                ? "The trunk needs no registration, and knows this machine by its address: only a call shows whether it does."
                : "The trunk needs no registration: only a call shows whether it takes the user and the password.");
            return;
        }

        await using var connection = line.Connect(trunk, nameof(TrunkCheck), TrunkTraffic.None);
        using var limit = new CancellationTokenSource(RegistrarPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var status = await connection.WhenRegistrationAsync(reached => !reached.IsOpen, either.Token);
            if (status is { IsRegistered: true }) Add("registration", CheckState.Ok, $"{TrunkBinding.RegistrarOf(trunk)} took user and password and knows this machine now.");
            else Add("registration", CheckState.Failed, status!.Problem!);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            Add("registration", CheckState.Failed, $"{TrunkBinding.RegistrarOf(trunk)} does not answer.", "Check the trunk's address, port and transport, and the firewalls between.");
        }
    }

    private void Add(string step, CheckState state, string sentence, string? next = null) => _findings.Add(new CheckFinding(step, state, sentence, string.IsNullOrEmpty(next) ? null : next));

    // RFC 1918, 3927, 4193, 4291, 6598 and loopback: nobody out there can answer to them.
    private static bool IsPublic(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return false;
        var octets = address.MapToIPv6().GetAddressBytes();
        if (!address.MapToIPv6().IsIPv4MappedToIPv6) return !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal;
        return (octets[12], octets[13]) switch
        {
            (10, _) or (192, 168) or (169, 254) => false,
            (172, >= 16 and <= 31) or (100, >= 64 and <= 127) => false,
            _ => true,
        };
    }
}
