using System.Text;
using Faxbot.Sip.Auth;

namespace Faxbot.Sip.Tests.Auth;

public sealed class Sha512Slash256Tests
{
    // OpenSSL's digests; the lengths lie around the ends of a block and of the padding.
    [Theory]
    [InlineData("", 0, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("abc", 1, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData("a", 111, "0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce")]
    [InlineData("a", 112, "9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6")]
    [InlineData("a", 128, "b88f97e274f9c1d49f181c8cbd01a9c74930ad055a46ac4499a1d601f1c80bf2")]
    [InlineData("a", 1000, "40eb4a70d4d69815407a9e272f0101cd67e3d11262a4a0bfc087712749c7fb53")]
    public void Agrees_with_another_implementation(string text, int times, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Sha512Slash256.HashData(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times))))));
}
