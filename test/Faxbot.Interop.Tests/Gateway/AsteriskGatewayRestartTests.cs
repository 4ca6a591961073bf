using Faxbot.Testing.Gateway;

namespace Faxbot.Interop.Tests.Gateway;

/// <summary>A gateway that ends while an Asterisk has its call, and the one after it.</summary>
public sealed class AsteriskGatewayRestartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public Task A_gateway_that_is_killed_or_stopped_in_mid_call_finds_the_call_or_its_end_and_sends_nothing_twice() => Task.WhenAll(
        FindsAsync("+12065550133", isKilled: true, whileCallIsUp: true), FindsAsync("+12065550134", isKilled: true, whileCallIsUp: false), FindsAsync("+12065550135", isKilled: false, whileCallIsUp: true));

    private static async Task FindsAsync(string number, bool isKilled, bool whileCallIsUp)
    {
        await using var gateway = await AsteriskGateway.StartAsync();
        await using var far = await gateway.Far.ConnectAmiAsync();
        var id = await gateway.SendAsync(number);
        await GatewayProcess.WaitAsync(gateway.Client, id, fax => fax.GetProperty("state").GetString() == "in_progress", Limit);
        // Once the fax itself has begun, the call is up at both ends.
        await far.WaitAsync(message => message["Event"] == "ReceiveFAXStatus" || message["Event"] == "FAXStatus", Limit);

        if (isKilled) await gateway.Process.KillAsync();
        else Assert.Equal(0, (await gateway.Process.StopAsync()).ExitCode);
        if (!whileCallIsUp) await far.WaitAsync(message => message["UserEvent"] == "LabFaxReceived", Limit);
        await gateway.RestartAsync();

        var fax = await gateway.EndOfAsync(id, Limit);
        Assert.True(fax.GetProperty("status").GetString() == "SUCCESS", $"{fax}\n{gateway.Process.Log}");
        Assert.Equal(1, fax.GetProperty("dials").GetInt32());
        Assert.Equal(2, fax.GetProperty("outcome").GetProperty("pages_confirmed").GetInt32());
        await far.WaitAsync(message => message["UserEvent"] == "LabFaxReceived", Limit);
        Assert.Single(far.Messages, message => message["UserEvent"] == "LabFaxReceived");
        await gateway.WhenNothingIsHandedOverAsync(TimeSpan.FromMinutes(1));
    }
}
