using CsCheck;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

public sealed class MessagePropertyTests
{
    [Fact]
    public void A_URI_reads_back_as_written() =>
        SipGen.Uri.Sample(uri => SipUri.TryParse(uri.ToString(), out var again) && again == uri && again.IsEquivalentTo(uri), iter: 3_000);

    [Fact]
    public void The_user_of_a_URI_is_the_text_that_was_set() =>
        SipGen.Text.Where(text => text.Length > 0).Sample(text => SipUri.Parse(new SipUri("h") { User = text }.ToString()).User == text, iter: 3_000);

    [Fact]
    public void An_address_reads_back_as_written() =>
        SipGen.NameAddr.Sample(address => SipNameAddr.TryParse(address.ToString(), out var again) && again == address, iter: 3_000);

    [Fact]
    public void A_Via_reads_back_as_written() => SipGen.Via.Sample(via => SipVia.TryParse(via.ToString(), out var again) && again == via, iter: 3_000);

    [Fact]
    public void Elements_of_a_list_are_cut_where_they_were_joined() =>
        SipGen.NameAddr.Array[1, 5].Sample(addresses =>
        {
            var headers = new SipHeaderList();
            headers.Add("Contact", string.Join(", ", addresses.Select(address => address.ToString())));
            return headers.Contacts.SequenceEqual(addresses);
        }, iter: 1_000);

    [Fact]
    public void A_message_reads_back_as_written() =>
        SipGen.Message.Sample(message =>
        {
            SipCorpus.AssertWritesWhatItReads(message);
            SipMessage.TryParse(message.ToArray(), SipLimits.Default, out var again);
            Assert.Equal((message.From, message.To, message.CSeq, message.TopVia), (again!.From, again.To, again.CSeq, again.TopVia));
            Assert.Equal(message.Headers.Routes, again.Headers.Routes);
        }, iter: 1_000);

    [Fact]
    public void Mutated_messages_neither_throw_nor_change_when_written_again()
    {
        var samples = SipCorpus.TortureNames().Select(SipCorpus.Torture).Concat(SipCorpus.LabMessages()).ToArray();
        var random = new Random(4475);
        var valid = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var octets = SipGen.Mutate(samples[i % samples.Length], random);
            var error = SipMessage.TryParse(octets, SipLimits.Default, out var message);
            if (message is not null)
            {
                TouchAll(message.Headers);
            }

            if (error == SipParseError.None)
            {
                valid++;
                SipCorpus.AssertWritesWhatItReads(message!);
            }

            var framer = new SipStreamFramer(SipLimits.Default);
            framer.Append(octets);
            for (var frames = 0; framer.TryRead(out _) is SipFrameStatus.Message or SipFrameStatus.KeepAlive; frames++)
            {
                Assert.True(frames <= octets.Length);
            }
        }

        Assert.InRange(valid, 5_000, 25_000);
    }

    // Each of these took minutes if some step went over the rest of the input again for each of its parts.
    [Theory]
    [InlineData("Contact: ", "<sip:a@b>,", "<sip:a@b>")]
    [InlineData("Contact: <sip:a@b>", ";a=b", "")]
    [InlineData("Contact: <sip:a@b", ";a=b", ">")]
    [InlineData("Contact: \"", "\\\"", "\" <sip:a@b>")]
    [InlineData("Contact: \"", "\",\"", "")]
    [InlineData("X: a", "\r\n b", "")]
    [InlineData("X: a\r\n", "Y:\r\n", "Z:")]
    [InlineData("Via: ", ",", "")]
    [InlineData("Reason: a", ",;", "")]
    [InlineData("Authorization: Digest a=b", ",a=b", "")]
    public void Time_grows_with_length_only(string start, string repeated, string end)
    {
        var text = "BYE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nFrom: <sip:a@b>\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 BYE\r\n"
            + start + string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length)) + end + "\r\n\r\n";
        var limits = new SipLimits
        {
            MaxMessageLength = int.MaxValue,
            MaxHeaderLength = int.MaxValue,
            MaxHeaderCount = int.MaxValue,
            MaxListEntries = int.MaxValue,
            MaxUriLength = int.MaxValue,
        };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        SipMessage.TryParse(System.Text.Encoding.ASCII.GetBytes(text), limits, out var message);
        if (message is not null)
        {
            TouchAll(message.Headers);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    private static void TouchAll(SipHeaderList headers)
    {
        foreach (var property in typeof(SipHeaderList).GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            property.GetValue(headers);
        }

        foreach (var contact in headers.Contacts)
        {
            _ = (contact.Expires, contact.Uri.User, contact.Uri.Password, contact.Uri.IsEquivalentTo(headers.Contacts[0].Uri));
            if (headers.Contacts.Count > 100)
            {
                break;
            }
        }
    }
}
