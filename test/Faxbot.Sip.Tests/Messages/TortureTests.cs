using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

/// <summary>The messages of RFC 4475 and RFC 5118, by their names there.</summary>
public sealed class TortureTests
{
    [Theory]
    [InlineData("wsinv")] // 3.1.1.1
    [InlineData("intmeth")]
    [InlineData("esc01")]
    [InlineData("escnull")]
    [InlineData("esc02")]
    [InlineData("lwsdisp")]
    [InlineData("longreq")]
    [InlineData("dblreq")]
    [InlineData("semiuri")]
    [InlineData("transports")]
    [InlineData("mpart01")]
    [InlineData("unreason")]
    [InlineData("noreason")]
    [InlineData("baddate")] // 3.1.2.12: malformed, but nobody who ignores Date has to mind
    [InlineData("badaspec")] // 3.1.2.14: may be read liberally
    [InlineData("baddn")] // 3.1.2.15: may be read liberally
    [InlineData("badbranch")] // 3.2.1: for the transaction layer
    [InlineData("unkscm")] // 3.3: for the user agent
    [InlineData("novelsc")]
    [InlineData("unksm2")]
    [InlineData("bext01")]
    [InlineData("invut")]
    [InlineData("regaut01")]
    [InlineData("bcast")]
    [InlineData("zeromf")]
    [InlineData("cparam01")]
    [InlineData("cparam02")]
    [InlineData("regescrt")]
    [InlineData("sdp01")]
    [InlineData("inv2543")] // 3.4.1
    [InlineData("ipv6-good")] // RFC 5118 4.1
    [InlineData("port-ambiguous")]
    [InlineData("port-unambiguous")]
    [InlineData("via-received-no-brackets")]
    public void Reads_and_writes_a_valid_message(string name)
    {
        var error = SipMessage.TryParse(SipCorpus.Torture(name), SipLimits.Default, out var message);

        Assert.Equal(SipParseError.None, error);
        SipCorpus.AssertWritesWhatItReads(message!);
    }

    [Theory]
    [InlineData("badinv01", SipParseError.BadVia, false)] // 3.1.2.1
    [InlineData("clerr", SipParseError.TruncatedBody, true)]
    [InlineData("ncl", SipParseError.BadContentLength, true)]
    [InlineData("scalar02", SipParseError.BadCSeq, false)]
    [InlineData("scalarlg", SipParseError.BadCSeq, false)]
    [InlineData("quotbal", SipParseError.BadTo, false)]
    [InlineData("ltgtruri", SipParseError.BadRequestUri, true)]
    [InlineData("lwsruri", SipParseError.BadRequestUri, true)]
    [InlineData("lwsstart", SipParseError.BadStartLine, true)]
    [InlineData("trws", SipParseError.BadStartLine, true)]
    [InlineData("escruri", SipParseError.BadRequestUri, true)]
    [InlineData("regbadct", SipParseError.BadContact, true)]
    [InlineData("badvers", SipParseError.UnsupportedVersion, true)]
    [InlineData("mismatch01", SipParseError.MethodMismatch, true)]
    [InlineData("mismatch02", SipParseError.MethodMismatch, true)]
    [InlineData("bigcode", SipParseError.BadStatusCode, false)]
    [InlineData("insuf", SipParseError.MissingHeader, false)] // 3.3.1
    [InlineData("multi01", SipParseError.DuplicateHeader, true)]
    [InlineData("mcl01", SipParseError.BadContentLength, true)]
    [InlineData("ipv6-bad", SipParseError.BadRequestUri, true)] // RFC 5118 4.2
    public void Refuses_an_invalid_message(string name, SipParseError expected, bool answerable)
    {
        var error = SipMessage.TryParse(SipCorpus.Torture(name), SipLimits.Default, out var message);

        Assert.Equal(expected, error);
        Assert.Equal(answerable, message is SipRequest);
    }

    [Fact]
    public void Every_sample_has_its_row()
    {
        var rows = typeof(TortureTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
            .Select(row => (string)row.Data[0]!).Order(StringComparer.Ordinal);

        Assert.Equal(SipCorpus.TortureNames().Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public void Whitespace_and_folds_do_not_hide_values()
    {
        var request = Read("wsinv");

        Assert.Equal(new SipCSeq(9, SipMethod.Invite), request.CSeq);
        Assert.Equal(68, request.Headers.MaxForwards);
        Assert.Equal("2827n", request.To.Tag);
        Assert.Equal("R Ward \\\"", request.From.DisplayName);
        Assert.Equal("98aj8", request.From.Tag);
        Assert.Equal(["390sdj", "z9hG4bK9aj8", "z9hG4bK30x9"], request.Headers.Vias.Select(via => via.Branch));
        Assert.Equal(["UDP", "TCP", "UDP"], request.Headers.Vias.Select(via => via.Transport));
        Assert.Equal("first part and the second part", request.Headers["NewFangledHeader"]);
        Assert.Equal(";;,,;;,;", request.Headers["UnknownHeaderWithUnusualValue"]);
        Assert.Equal("0.33", request.Headers.Contact!.Parameters["q"]);
        Assert.True(request.Headers.Routes[0].Uri.IsLooseRouter);
        Assert.Equal("", request.Headers["Subject"]);
    }

    [Fact]
    public void The_widest_range_of_characters_survives()
    {
        var request = Read("intmeth");

        Assert.Equal("!unusual-Method0123456789_*+`.%indeed'~", request.Method.Name);
        Assert.Equal("2_odd.URI~(to-be!sure)&wasn't+it$/wild?,/;;*", request.RequestUri.User);
        Assert.Equal("&it+had=1,strange!*pas$wo~d_too.(didn't-it)", request.RequestUri.Password);
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", request.To.DisplayName);
        Assert.Equal("token1~` token2'+_ token3*%!.-", request.From.DisplayName);
        Assert.Equal("факс", request.From.Parameters["fromParam''~+*_!.-%"]);
        Assert.Equal("\ufeff傳真", request.Headers["extensionHeader-!.%*+_`'~"]);

        // Written anew from the typed value, not from the text that was read.
        request.To = request.To.WithTag("1");
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", SipCorpus.Reread(request).To.DisplayName);
    }

    [Fact]
    public void Escapes_are_resolved_in_URIs_and_nowhere_else()
    {
        var escaped = Read("esc01");
        Assert.Equal("sips:desk@fax.example", escaped.RequestUri.User);
        Assert.Equal("clinic.example", escaped.RequestUri.Host);
        Assert.Equal("desk", escaped.To.Uri.User);
        Assert.Equal("I have spaces", escaped.From.Uri.User);
        Assert.True(escaped.Headers.Contact!.Uri.IsLooseRouter);
        Assert.Equal("value%2541", escaped.Headers.Contact.Uri.Parameters["name"]);

        Assert.Equal("\0\0", Read("escnull").Headers.Contacts[1].Uri.User);

        var percent = Read("esc02");
        Assert.Equal("RE%47IST%45R", percent.Method.Name);
        Assert.Equal("%Z%45", percent.To.DisplayName);
        Assert.Equal(2, percent.Headers.Contacts.Count);
    }

    [Fact]
    public void Octets_behind_the_body_are_dropped()
    {
        var request = Read("dblreq");

        Assert.Same(SipMethod.Register, request.Method);
        Assert.True(request.Body.IsEmpty);
    }

    [Fact]
    public void A_binary_body_is_kept_octet_by_octet()
    {
        var body = Read("mpart01").Body.Span;

        Assert.True(body.IndexOf(Enumerable.Range(0, 256).Select(i => (byte)i).ToArray()) > 0);
        Assert.True(body.EndsWith("--b1--\r\n"u8));
    }

    [Fact]
    public void A_reason_phrase_may_be_anything_or_nothing()
    {
        SipMessage.TryParse(SipCorpus.Torture("unreason"), SipLimits.Default, out var unusual);
        SipMessage.TryParse(SipCorpus.Torture("noreason"), SipLimits.Default, out var none);

        Assert.Equal("= 2**3 * 5**2 факс принят", Assert.IsType<SipResponse>(unusual).Reason);
        Assert.Equal(("", 100), (Assert.IsType<SipResponse>(none).Reason, ((SipResponse)none!).Status));
    }

    [Fact]
    public void Parameters_belong_to_the_header_unless_brackets_say_otherwise()
    {
        Assert.True(Read("cparam01").Headers.Contact!.Parameters.Contains("unknownparam"));
        Assert.True(Read("cparam02").Headers.Contact!.Uri.Parameters.Contains("unknownparam"));
        Assert.Equal("%3Csip:sip.fax.example%3E", Read("regescrt").Headers.Contact!.Uri.Headers["Route"]);
    }

    [Fact]
    public void URIs_of_other_schemes_are_kept_whole()
    {
        Assert.Equal(("nobodyknowsthisscheme", "totallyopaquecontent"), (Read("unkscm").RequestUri.Scheme, Read("unkscm").RequestUri.Opaque));
        Assert.False(Read("novelsc").RequestUri.IsSip);
        Assert.Equal("2983792873", Read("unksm2").To.Uri.Opaque);
    }

    [Fact]
    public void A_bare_magic_cookie_identifies_no_transaction() => Assert.False(Read("badbranch").TopVia.HasRfc3261Branch);

    [Fact]
    public void Brackets_tell_an_IPv6_address_from_its_port()
    {
        Assert.Equal(("2001:db8::10:5070", null), (Read("port-ambiguous").RequestUri.Host, Read("port-ambiguous").RequestUri.Port));
        Assert.Equal(("2001:db8::10", 5070), (Read("port-unambiguous").RequestUri.Host, Read("port-unambiguous").RequestUri.Port));
        Assert.Equal("2001:db8::9:255", Read("ipv6-good").TopVia.Received);
        Assert.Equal("2001:db8::9:255", Read("via-received-no-brackets").TopVia.Received);
    }

    private static SipRequest Read(string name)
    {
        SipMessage.TryParse(SipCorpus.Torture(name), SipLimits.Default, out var message);
        return Assert.IsType<SipRequest>(message);
    }
}
