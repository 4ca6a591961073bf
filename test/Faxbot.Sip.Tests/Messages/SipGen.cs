using System.Text;
using CsCheck;
using Faxbot.Sip.Messages;

namespace Faxbot.Sip.Tests.Messages;

/// <summary>Random values of the message types.</summary>
internal static class SipGen
{
    private const string TokenChars = "abcXYZ019-.!%*_+`'~";

    // Whatever may stand in a line and survives UTF-8: no line ends, no halves of surrogate pairs.
    public static readonly Gen<string> Text =
        Gen.OneOf(Gen.Char['\0', '\u04ff'], Gen.Char[' ', '~']).Where(c => c is not ('\r' or '\n')).Array[0, 12].Select(chars => new string(chars));

    public static readonly Gen<string> Token = Gen.Char[TokenChars].Array[1, 8].Select(chars => new string(chars));

    public static readonly Gen<string> Host = Pick("fax.example", "192.0.2.1", "2001:db8::1", "a", "x_y.internal", "::ffff:192.0.2.1");

    private static readonly Gen<int?> Port = Gen.OneOf(Gen.Const((int?)null), Gen.Int[0, 65_535].Select(port => (int?)port));

    private static readonly Gen<SipParameter> HeaderParameter = Gen.OneOf(
        Token.Select(name => new SipParameter(name, null)),
        Gen.Select(Token, Token, (name, value) => new SipParameter(name, value)),
        Gen.Select(Token, Text, (name, value) => new SipParameter(name, value, IsQuoted: true)));

    public static readonly Gen<SipParameters> HeaderParameters = HeaderParameter.Array[0, 4].Select(items => new SipParameters(items));

    private static readonly Gen<string> UriWord = Gen.Char["abcXYZ019-_.!~*'()[]/:+$"].Array[1, 8].Select(chars => new string(chars));

    private static readonly Gen<SipParameters> UriParameters = Gen.OneOf(
            UriWord.Select(name => new SipParameter(name, null)), Gen.Select(UriWord, UriWord, (name, value) => new SipParameter(name, value)))
        .Array[0, 3].Select(items => new SipParameters(items));

    private static readonly Gen<SipParameters> UriHeaders =
        Gen.Select(UriWord, UriWord, (name, value) => new SipParameter(name, value)).Array[0, 2].Select(items => new SipParameters(items));

    private static readonly Gen<(string? User, string? Password)> UserInfo = Gen.Select(
        Text, Text, Gen.Int[0, 2], (user, password, parts) => (parts > 0 && user.Length > 0 ? user : null, parts > 1 && user.Length > 0 ? password : null));

    public static readonly Gen<SipUri> RequestUri = Gen.Select(
        Pick("sip", "sips"), UserInfo, Host, Port, UriParameters,
        (scheme, user, host, port, parameters) =>
            new SipUri(host) { Scheme = scheme, User = user.User, Password = user.Password, Port = port, Parameters = parameters });

    public static readonly Gen<SipUri> Uri = Gen.OneOf(
        Gen.Select(RequestUri, UriHeaders, (uri, headers) => uri with { Headers = headers }),
        Text.Where(text => text.Length > 0).Select(SipUri.Tel));

    public static readonly Gen<SipNameAddr> NameAddr = Gen.Select(
        Uri, Gen.OneOf(Gen.Const((string?)null), Text.Select(text => (string?)text)), HeaderParameters,
        (uri, name, parameters) => new SipNameAddr(uri) { DisplayName = name, Parameters = parameters });

    public static readonly Gen<SipVia> Via = Gen.Select(
        Pick("UDP", "TCP", "TLS", "WSS"), Host, Port, HeaderParameters,
        (transport, host, port, parameters) => new SipVia(transport, host) { Port = port, Parameters = parameters });

    public static readonly Gen<SipMethod> Method =
        Gen.OneOf(Pick(SipMethod.Invite, SipMethod.Bye, SipMethod.Message), Token.Select(name => new SipMethod(name)));

    private static readonly Gen<SipMessage> Bare = Gen.OneOf(
        Gen.Select(Method, RequestUri, (method, uri) => (SipMessage)new SipRequest(method, uri)),
        Gen.Select(Gen.Int[100, 699], Text, (status, reason) => (SipMessage)new SipResponse(status, reason)));

    public static readonly Gen<SipMessage> Message = Gen.Select(
        Bare, Gen.Select(Via.Array[1, 3], NameAddr, NameAddr, Gen.UInt[0, int.MaxValue]),
        Gen.Select(Method, NameAddr.Array[0, 3], NameAddr.Array[0, 2]),
        Gen.Select(Token, Text).Array[0, 4], Gen.Byte.Array[0, 40],
        (message, head, more, others, body) =>
        {
            Array.ForEach(head.Item1, message.Headers.PrependVia);
            message.From = head.Item2;
            message.To = head.Item3;
            message.CallId = "id@" + head.Item4;
            message.CSeq = new SipCSeq(head.Item4, message is SipRequest request ? request.Method : more.Item1);
            message.Headers.Routes = more.Item2;
            message.Headers.RecordRoutes = more.Item3;
            Array.ForEach(others, other => message.Headers.Add("X-" + other.Item1, other.Item2));
            message.Body = body;
            return message;
        });

    /// <summary>A few small injuries: octets changed, dropped, doubled, put in, and stretches copied elsewhere.</summary>
    public static byte[] Mutate(byte[] source, Random random)
    {
        var octets = source.ToList();
        for (var n = random.Next(1, 4); n > 0 && octets.Count > 0; n--)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(21) / 4)
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets.RemoveRange(at, Math.Min(random.Next(1, 20), octets.Count - at));
                    break;
                case 2:
                    octets.Insert(at, Special[random.Next(Special.Length)]);
                    break;
                case 3:
                    octets[at] = Special[random.Next(Special.Length)];
                    break;
                case 4:
                    octets.InsertRange(at, octets.GetRange(at, Math.Min(random.Next(1, 200), octets.Count - at)));
                    break;
                default:
                    octets.RemoveRange(at, octets.Count - at);
                    break;
            }
        }

        return [.. octets];
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly byte[] Special = Encoding.ASCII.GetBytes("\r\n\0 \t:;,=<>\"\\@?%[]()/0-9*SIP\x7f");
}
