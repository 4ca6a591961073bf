using Faxbot.Testing.Sipp;

namespace Faxbot.Testing.Tests.Sipp;

public sealed class SippPeerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Two_scenarios_talk_to_each_other()
    {
        await using var called = await SippPeer.StartAsync(Answer("200 OK"));
        await using var caller = await SippPeer.StartAsync(Ask, new SippOptions { Remote = called.EndPoint.ToString(), Service = "5551234" });

        var asked = (await caller.ResultAsync(Limit)).EnsureSuccess();
        var answered = (await called.ResultAsync(Limit)).EnsureSuccess();

        Assert.Contains("OPTIONS sip:5551234@", answered.Messages, StringComparison.Ordinal);
        Assert.Contains("SIP/2.0 200 OK", asked.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_when_the_far_end_does_something_else()
    {
        await using var called = await SippPeer.StartAsync(Answer("404 Not Found"));
        await using var caller = await SippPeer.StartAsync(Ask, new SippOptions { Remote = called.EndPoint.ToString() });

        var asked = await caller.ResultAsync(Limit);

        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("404", asked.Errors, StringComparison.Ordinal);
    }

    private const string Ask = """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <scenario name="ask">
          <send retrans="500"><![CDATA[
            OPTIONS sip:[service]@[remote_ip]:[remote_port] SIP/2.0
            Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
            Max-Forwards: 70
            To: <sip:[service]@[remote_ip]>
            From: <sip:sipp@[local_ip]>;tag=[call_number]
            Call-ID: [call_id]
            CSeq: 1 OPTIONS
            Content-Length: 0

          ]]></send>
          <recv response="200"></recv>
        </scenario>
        """;

    private static string Answer(string status) => $"""
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <scenario name="answer">
          <recv request="OPTIONS"></recv>
          <send><![CDATA[
            SIP/2.0 {status}
            [last_Via:]
            [last_From:]
            [last_To:];tag=[call_number]
            [last_Call-ID:]
            [last_CSeq:]
            Content-Length: 0

          ]]></send>
        </scenario>
        """;
}
