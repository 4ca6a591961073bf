using System.Text;

namespace Faxbot.Interop.Tests.Sip;

/// <summary>Writes sipp scenarios out of steps: what it sends, and what it insists on receiving.</summary>
internal sealed class SippScenario
{
    private const string Audio = """
        v=0
        o=sipp 53655765 2353687637 IN IP[local_ip_type] [local_ip]
        s=-
        c=IN IP[media_ip_type] [media_ip]
        t=0 0
        m=audio [media_port] RTP/AVP 8 0
        a=rtpmap:8 PCMA/8000
        a=rtpmap:0 PCMU/8000
        """;

    private const string Image = """
        v=0
        o=sipp 53655765 2353687638 IN IP[local_ip_type] [local_ip]
        s=-
        c=IN IP[media_ip_type] [media_ip]
        t=0 0
        m=image [media_port] udptl t38
        a=T38FaxVersion:0
        a=T38MaxBitRate:14400
        a=T38FaxRateManagement:transferredTCF
        a=T38FaxMaxDatagram:400
        a=T38FaxUdpEC:t38UDPRedundancy
        """;

    private const string AudioAndImage = $"{Audio}\nm=image [media_port+2] udptl t38\na=T38FaxVersion:0\na=T38FaxUdpEC:t38UDPRedundancy";

    private const string RefusedImage = """
        v=0
        o=sipp 53655765 2353687638 IN IP[local_ip_type] [local_ip]
        s=-
        c=IN IP[media_ip_type] [media_ip]
        t=0 0
        m=image 0 udptl t38
        """;

    private const string Video = """
        v=0
        o=sipp 53655765 2353687638 IN IP[local_ip_type] [local_ip]
        s=-
        c=IN IP[media_ip_type] [media_ip]
        t=0 0
        m=video [media_port] RTP/AVP 31
        """;

    private readonly StringBuilder _steps = new();
    private readonly HashSet<string> _variables = [];
    private int _count;
    private int _inviteIndex;

    public enum Body
    {
        None,
        Audio,
        Image,
        AudioAndImage,
        RefusedImage,
        Video,
    }

    /// <summary>Waits for a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="requires">A regular expression that the whole message must match, or null.</param>
    /// <param name="attributes">More XML attributes, such as <c>rrs="true"</c>.</param>
    public SippScenario ReceiveRequest(string method, string? requires = null, string attributes = "") =>
        Receive($"request=\"{method}\" {attributes}", requires);

    /// <summary>Waits for a response; provisional ones may be optional.</summary>
    public SippScenario ReceiveResponse(int status, bool optional = false, string? requires = null, string attributes = "") =>
        Receive($"response=\"{status}\" {(optional ? "optional=\"true\"" : "")} {attributes}", requires);

    /// <summary>Answers the latest request. sipp repeats the answer only on request: it takes the ACK of a repeated failure, which a busy machine
    /// sends late, for the ACK of what came after it.</summary>
    public SippScenario Respond(string statusLine, Body body = Body.None, string headers = "", bool repeats = false) =>
        Send(
            $"""
            SIP/2.0 {statusLine}
            [last_Via:]
            [last_From:]
            [last_To:];tag=sipp[call_number]
            [last_Call-ID:]
            [last_CSeq:]
            Contact: <sip:[local_ip]:[local_port]>
            {headers}
            """,
            body, repeats);

    /// <summary>Answers a request within the dialog, whose To has our tag already.</summary>
    public SippScenario RespondWithin(string statusLine, Body body = Body.None) =>
        Send(
            $"""
            SIP/2.0 {statusLine}
            [last_Via:]
            [last_From:]
            [last_To:]
            [last_Call-ID:]
            [last_CSeq:]
            Contact: <sip:[local_ip]:[local_port]>
            """,
            body);

    /// <summary>Sends a request as the caller.</summary>
    /// <param name="method">The method.</param>
    /// <param name="sequence">CSeq.</param>
    /// <param name="body">Its body.</param>
    /// <param name="headers">Lines to add.</param>
    /// <param name="isWithin">It has the callee's tag.</param>
    /// <param name="newBranch">ACK of a failure and CANCEL repeat the INVITE's branch.</param>
    public SippScenario SendAsCaller(
        string method, int sequence, Body body = Body.None, string headers = "", bool isWithin = true, bool newBranch = true)
    {
        if (method == "INVITE")
        {
            _inviteIndex = _count;
        }

        // sipp makes a branch of the number of the step; an older one is named by its distance.
        var branch = newBranch ? "[branch]" : $"[branch-{_count - _inviteIndex}]";
        return Send(
            $"""
            {method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch}
            Max-Forwards: 70
            From: <sip:sipp@[local_ip]:[local_port]>;tag=sipp[call_number]
            To: <sip:[service]@[remote_ip]:[remote_port]>{(isWithin ? "[peer_tag_param]" : "")}
            Call-ID: [call_id]
            CSeq: {sequence} {method}
            Contact: <sip:sipp@[local_ip]:[local_port]>
            {headers}
            """,
            body);
    }

    /// <summary>Sends a request as the callee: From and To of the INVITE change places; <see cref="Keeping"/> came before.</summary>
    public SippScenario SendAsCallee(string method, int sequence, Body body = Body.None) =>
        Send(
            $"""
            {method} [next_url] SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
            Max-Forwards: 70
            From: [$callee];tag=sipp[call_number]
            To: [$caller]
            Call-ID: [call_id]
            CSeq: {sequence} {method}
            Contact: <sip:[local_ip]:[local_port]>
            """,
            body);

    /// <summary>Receives an INVITE whose headers later steps need.</summary>
    public SippScenario Keeping() =>
        Step("""
              <recv request="INVITE" rrs="true">
                <action>
                  <ereg regexp=".*" search_in="hdr" header="From:" assign_to="caller"/>
                  <ereg regexp=".*" search_in="hdr" header="To:" assign_to="callee"/>
                  <ereg regexp=".*" search_in="hdr" header="CSeq:" assign_to="sequence"/>
                </action>
              </recv>
            """, "caller", "callee", "sequence");

    /// <summary>Receives a request whose digest sipp itself must find right; else it answers 403.</summary>
    public SippScenario ReceiveVerified(string method, string user, string password) =>
        Step($"""
              <recv request="{method}">
                <action><verifyauth assign_to="isRight" username="{user}" password="{password}"/></action>
              </recv>
            """, "isRight")
            .Step("""  <nop next="1" test="isRight"/>""")
            .Respond("403 Forbidden").ReceiveRequest("ACK")
            .Step("""  <label id="1"/>""", 0);

    /// <summary>The final response to the INVITE that was kept, after another request was answered.</summary>
    public SippScenario RespondToKept(string statusLine, Body body = Body.None) =>
        Send(
            $"""
            SIP/2.0 {statusLine}
            [last_Via:]
            From: [$caller]
            To: [$callee];tag=sipp[call_number]
            [last_Call-ID:]
            CSeq: [$sequence]
            Contact: <sip:[local_ip]:[local_port]>
            """,
            body);

    public SippScenario Pause(int milliseconds) => Step(FormattableString.Invariant($"  <pause milliseconds=\"{milliseconds}\"/>"));

    /// <summary>The XML. sipp refuses variables that are set and never looked at, unless they are declared so.</summary>
    public override string ToString()
    {
        var reference = _variables.Count == 0 ? "" : $"  <Reference variables=\"{string.Join(',', _variables)}\"/>\n";
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scenario name=\"faxbot\">\n{_steps}{reference}</scenario>\n";
    }

    private SippScenario Receive(string attributes, string? requires) => requires is null
        ? Step($"  <recv {attributes}/>")
        : Step($"""
              <recv {attributes}>
                <action><ereg regexp="{requires}" search_in="msg" check_it="true" assign_to="match"/></action>
              </recv>
            """, "match");

    private SippScenario Step(string xml, params string[] variables) => Step(xml, 1, variables);

    private SippScenario Step(string xml, int steps, params string[] variables)
    {
        _steps.Append(xml).Append('\n');
        _variables.UnionWith(variables);
        _count += steps;
        return this;
    }

    private SippScenario Send(string message, Body body, bool repeats = false)
    {
        var text = body switch
        {
            Body.Audio => Audio,
            Body.Image => Image,
            Body.AudioAndImage => AudioAndImage,
            Body.RefusedImage => RefusedImage,
            Body.Video => Video,
            _ => "",
        };
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var content = body == Body.None ? "Content-Length: 0\n" : $"Content-Type: application/sdp\nContent-Length: [len]\n\n{text}\n";
        return Step($"  <send{(repeats ? " retrans=\"500\"" : "")}><![CDATA[\n{string.Join('\n', lines)}\n{content}\n]]></send>");
    }
}
