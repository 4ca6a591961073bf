using System.Text;

namespace Faxbot.Interop.Tests.Embedded;

/// <summary>Writes a scenario for sipp, one message after the other, for one call that it places or takes.</summary>
internal sealed class SippScenario
{
    /// <summary>A description with G.711.</summary>
    public const string Audio = "m=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\n";

    /// <summary>A description with T.38.</summary>
    public const string T38 = "m=image [media_port+2] udptl t38\na=T38FaxVersion:0\na=T38FaxUdpEC:t38UDPRedundancy\na=T38FaxMaxDatagram:400\n";

    /// <summary>A description that refuses T.38.</summary>
    public const string NoT38 = "m=image 0 udptl t38\n";

    private static readonly string[] Variables = ["contact", "far", "near", "sequence", "seen"];

    private readonly StringBuilder _steps = new();
    private readonly bool _calls;
    private int _sequence = 1;
    private bool _tagged;

    private SippScenario(bool calls) => _calls = calls;

    /// <summary>sipp is called: begins with the INVITE.</summary>
    public static SippScenario Called() => new SippScenario(calls: false).Step("""
        <recv request="INVITE"><action>
          <ereg regexp="sip:[^;>]*" search_in="hdr" header="Contact:" assign_to="contact"/>
          <ereg regexp=".*" search_in="hdr" header="From:" assign_to="far"/>
          <ereg regexp=".*" search_in="hdr" header="To:" assign_to="near"/>
          <ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="sequence"/>
        </action></recv>
        """);

    /// <summary>sipp calls: begins with its INVITE.</summary>
    public static SippScenario Calls(string? media = Audio) => new SippScenario(calls: true).Send($"""
        INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
        Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
        From: <sip:sipp@[local_ip]:[local_port]>;tag=sipp[call_number]
        To: <sip:[service]@[remote_ip]:[remote_port]>
        Call-ID: [call_id]
        CSeq: 1 INVITE
        """, media, " retrans=\"500\"");

    /// <summary>sipp's INVITE is accepted with a description that has <paramref name="media"/>.</summary>
    public SippScenario Accepted(string media) => Provisional().Step($"""
        <recv response="200"><action>
          <ereg regexp="sip:[^;>]*" search_in="hdr" header="Contact:" assign_to="contact"/>
          <ereg regexp=".*" search_in="hdr" header="To:" assign_to="far"/>
          {Contains(media)}
        </action></recv>
        """);

    /// <summary>A response to sipp's last request; where <paramref name="media"/> is given its description has it.</summary>
    public SippScenario GetsResponse(int status, string? media = null) => Provisional()
        .Step($"""<recv response="{status}"><action>{(media is null ? "" : Contains(media))}</action></recv>""");

    /// <summary>A request of ours; where <paramref name="media"/> is given its description has it.</summary>
    public SippScenario Gets(string method, string? media = null) =>
        Step($"""<recv request="{method}"><action>{(media is null ? "" : Contains(media))}</action></recv>""");

    /// <summary>sipp answers the last request.</summary>
    public SippScenario Answers(string statusLine, string? media = null, string? header = null)
    {
        var tag = _calls || _tagged ? "" : ";tag=sipp[call_number]";
        return Send($"""
            SIP/2.0 {statusLine}
            [last_Via:]
            [last_From:]
            [last_To:]{tag}
            [last_Call-ID:]
            [last_CSeq:]
            {header ?? "Server: sipp"}
            """, media);
    }

    /// <summary>sipp answers the INVITE although a CANCEL came after it.</summary>
    public SippScenario AnswersCancelledInvite(string statusLine, string? media = null) => Send($"""
        SIP/2.0 {statusLine}
        [last_Via:]
        [last_From:]
        [last_To:];tag=sipp[call_number]
        [last_Call-ID:]
        CSeq: [$sequence] INVITE
        """, media);

    /// <summary>The call is up: from here on, requests of ours have sipp's tag.</summary>
    public SippScenario IsUp()
    {
        _tagged = true;
        return this;
    }

    /// <summary>sipp sends a request in the call.</summary>
    public SippScenario Asks(string method, string? media = null)
    {
        if (method != "ACK") _sequence++;
        return Send(InCall(method, _sequence), media, method == "ACK" ? "" : " retrans=\"500\"");
    }

    /// <summary>sipp acknowledges its last INVITE.</summary>
    public SippScenario Acknowledges(string? media = null) => Asks("ACK", media);

    /// <summary>sipp acknowledges the refusal of its first INVITE (RFC 3261 17.1.1.3).</summary>
    public SippScenario AcknowledgesRefusal() => Send("""
        ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
        [last_Via:]
        [last_From:]
        [last_To:]
        [last_Call-ID:]
        CSeq: 1 ACK
        """, null);

    /// <summary>sipp cancels its INVITE.</summary>
    public SippScenario Cancels() => Send("""
        CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
        [last_Via:]
        From: <sip:sipp@[local_ip]:[local_port]>;tag=sipp[call_number]
        To: <sip:[service]@[remote_ip]:[remote_port]>
        Call-ID: [call_id]
        CSeq: 1 CANCEL
        """, null);

    /// <summary>sipp hangs up.</summary>
    public SippScenario HangsUp() => Asks("BYE").GetsResponse(200);

    /// <summary>We hang up.</summary>
    public SippScenario IsHungUp() => Gets("BYE").Answers("200 OK");

    /// <summary>The XML.</summary>
    public override string ToString() => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <scenario name="scripted">
        {_steps}
        {References()}
        </scenario>
        """;

    // sipp refuses a variable that is set and not used, and one that is named and not set.
    private string References()
    {
        var set = Variables.Where(name => _steps.ToString().Contains($"assign_to=\"{name}\"")).ToArray();
        return set.Length == 0 ? "" : $"<Reference variables=\"{string.Join(',', set)}\"/>";
    }

    private static string Contains(string media) =>
        $"""<ereg regexp="{media.Split(' ')[0]} [1-9][0-9]* " search_in="body" check_it="true" assign_to="seen"/>""";

    private SippScenario Provisional() => Step("""<recv response="100" optional="true"></recv><recv response="180" optional="true"></recv>""");

    private string InCall(string method, int sequence) => $"""
        {method} [$contact] SIP/2.0
        Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
        From: {(_calls ? "<sip:sipp@[local_ip]:[local_port]>" : "[$near]")};tag=sipp[call_number]
        To: [$far]
        Call-ID: [call_id]
        CSeq: {sequence} {method}
        """;

    private SippScenario Send(string head, string? media, string options = "")
    {
        var body = media is null ? "" : $"v=0\no=sipp {_sequence} {_sequence} IN IP4 [local_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\n{media}";
        var type = media is null ? "" : "Content-Type: application/sdp\n";
        return Step($"<send{options}><![CDATA[\n{head}\nContact: <sip:sipp@[local_ip]:[local_port]>\nMax-Forwards: 70\n{type}Content-Length: [len]\n\n{body}]]></send>");
    }

    private SippScenario Step(string xml)
    {
        _steps.AppendLine(xml);
        return this;
    }
}
