using System.Text;
using Faxbot.Twilio.Common;

namespace Faxbot.Plugins.Tests.Accounts;

public sealed class TwilioSignatureTests
{
    // The vectors of Twilio's own client library.
    private const string Token = "12345";
    private const string Address = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string Signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private const string Body = """{"property": "value", "boolean": true}""";
    private const string BodyAddress = $"{Address}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private const string BodySignature = "a9nBmqA0ju/hNViExpshrM61xv4=";

    private static readonly Dictionary<string, string> Form = new()
    {
        ["To"] = "+18005551212", ["From"] = "+14158675309", ["Digits"] = "1234", ["Caller"] = "+14158675309", ["CallSid"] = "CA1234567890ABCDE",
    };

    [Theory]
    [InlineData(Address)]
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2")]
    public void A_form_is_known_with_and_without_the_port(string address) => Assert.True(TwilioSignature.Holds(Token, address, Form, Signature));

    [Theory]
    [InlineData("https://mycompany.com/MyApp.php?foo=1&bar=2", Token, Signature)]
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2", Token, Signature)]
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", "54321", Signature)]
    [InlineData(Address, Token, null)]
    [InlineData(Address, Token, "")]
    [InlineData(Address, Token, "no base64")]
    [InlineData(Address, Token, "SSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    public void Anything_else_is_not(string address, string token, string? signature) => Assert.False(TwilioSignature.Holds(token, address, Form, signature));

    [Fact]
    public void A_changed_field_is_noticed() => Assert.False(TwilioSignature.Holds(Token, Address, new Dictionary<string, string>(Form) { ["Digits"] = "1235" }, Signature));

    [Fact]
    public void A_body_is_known_by_its_hash_in_the_address() => Assert.True(TwilioSignature.HoldsForBody(Token, BodyAddress, Encoding.UTF8.GetBytes(Body), BodySignature));

    [Theory]
    [InlineData(BodyAddress, "{}")]
    [InlineData(Address, Body)]
    public void Another_body_is_not(string address, string body) => Assert.False(TwilioSignature.HoldsForBody(Token, address, Encoding.UTF8.GetBytes(body), BodySignature));
}
