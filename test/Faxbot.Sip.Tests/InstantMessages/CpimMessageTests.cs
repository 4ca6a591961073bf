using System.Text;
using CsCheck;
using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Tests.Messages;

namespace Faxbot.Sip.Tests.InstantMessages;

/// <summary>RFC 3862: the common format of instant messages.</summary>
public class CpimMessageTests
{
    private const string Sample = """
        From: MR SANDERS <im:piglet@100akerwood.example>
        To: Depressed Donkey <im:eeyore@100akerwood.example>
        DateTime: 2000-12-13T13:40:00-08:00
        Subject: the weather will be fine today
        Subject:;lang=fr beau temps pr\u00e9vu \\ aujourd'hui
        NS: MyFeatures <mid:MessageFeatures@id.foo.example>
        Require: MyFeatures.VitalMessageOption
        MyFeatures.VitalMessageOption: Confirmation-requested

        Content-type: text/plain; charset=utf-8
        Content-ID: <1234567890@foo.example>

        It is said.

        Twice.
        """;

    private static readonly Gen<CpimHeader> Header = Gen.Select(
        SipGen.Token, SipGen.Text, Gen.Bool, (name, value, hasParameter) => new CpimHeader(name, value) { Parameters = hasParameter ? ";lang=de" : "" });

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void The_example_of_the_standard_is_read(string lineEnd)
    {
        var message = Parse(Sample.ReplaceLineEndings(lineEnd));

        Assert.Equal("MR SANDERS <im:piglet@100akerwood.example>", message["From"]);
        Assert.Equal(["the weather will be fine today", @"beau temps prévu \ aujourd'hui"], message.Headers.Where(header => header.Name == "Subject").Select(header => header.Value));
        Assert.Equal("Confirmation-requested", message.InNamespace("mid:MessageFeatures@id.foo.example", "VitalMessageOption"));
        Assert.Equal("text/plain; charset=utf-8", message.ContentType);
        Assert.Equal(("It is said.\n\nTwice.").ReplaceLineEndings(lineEnd), Encoding.UTF8.GetString(message.Content.Span));
    }

    [Theory]
    [InlineData("NS: imdn <urn:x>\r\nimdn.A: 1\r\n", "1")]
    [InlineData("NS: other <urn:x>\r\nother.A: 1\r\nimdn.A: 2\r\n", "1")]
    [InlineData("NS: <urn:x>\r\nA: 1\r\n", "1")]
    [InlineData("NS: imdn <urn:y>\r\nimdn.A: 1\r\n", null)]
    [InlineData("imdn.A: 1\r\n", null)]
    public void A_field_is_found_by_its_namespace_whatever_the_prefix(string fields, string? value) =>
        Assert.Equal(value, Parse(fields + "\r\nContent-Type: a/b\r\n\r\n").InNamespace("urn:x", "A"));

    [Theory]
    [InlineData("", CpimError.NoContent)]
    [InlineData("From: a\r\n", CpimError.NoContent)]
    [InlineData("From: a\r\n\r\n", CpimError.NoContent)]
    [InlineData("From: a\r\n\r\nContent-Type: a/b\r\n", CpimError.NoContent)]
    [InlineData("From: a\r\n\r\n\r\n", CpimError.NoContentType)]
    [InlineData("no field\r\n\r\nContent-Type: a/b\r\n\r\n", CpimError.BadHeader)]
    [InlineData("From: a\r\n\r\nContent-Type: a\rb\r\n\r\n", CpimError.BadHeader)]
    [InlineData(": a\r\n\r\nContent-Type: a/b\r\n\r\n", CpimError.BadHeader)]
    [InlineData("A: 1\r\nB: 2\r\n\r\nC: 3\r\nContent-Type: a/b\r\n\r\n", CpimError.TooManyHeaders)]
    [InlineData("A: 0123456789012345678901234567890\r\n\r\nContent-Type: a/b\r\n\r\n", CpimError.HeaderTooLong)]
    public void What_is_no_message_is_told(string text, CpimError error)
    {
        Assert.Equal(error, CpimMessage.TryParse(Encoding.UTF8.GetBytes(text), new CpimLimits { MaxHeaderCount = 3, MaxHeaderLength = 30 }, out var message));
        Assert.Null(message);
    }

    [Fact]
    public void A_message_reads_back_as_written() =>
        Gen.Select(Header.Array[0, 5], SipGen.Text, Gen.Byte.Array[0, 30]).Sample(
            (headers, type, content) =>
            {
                var message = new CpimMessage { Headers = headers, ContentType = "a/" + type.Trim().Replace('\0', '0'), Content = content, Disposition = "notification" };
                return CpimMessage.TryParse(message.ToArray(), CpimLimits.Default, out var again) == CpimError.None && again!.Equals(message with { ContentType = again.ContentType });
            },
            iter: 3_000);

    [Fact]
    public void No_value_can_begin_another_field()
    {
        var written = new CpimMessage { Headers = [new CpimHeader("Subject", "a\r\nTo: b")], ContentType = "a/b" }.ToArray();
        Assert.Equal("a\r\nTo: b", Assert.Single(Parse(Encoding.UTF8.GetString(written)).Headers).Value);
        Assert.Throws<ArgumentException>(() => new CpimMessage { ContentType = "a/b\r\nX: y" }.ToArray());
    }

    private static CpimMessage Parse(string text)
    {
        Assert.Equal(CpimError.None, CpimMessage.TryParse(Encoding.UTF8.GetBytes(text), CpimLimits.Default, out var message));
        return message!;
    }
}
