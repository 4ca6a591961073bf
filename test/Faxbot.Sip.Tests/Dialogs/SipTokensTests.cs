using Faxbot.Sip.Dialogs;
using Faxbot.Sip.Messages;
using Faxbot.Sip.Tests.Calls;

namespace Faxbot.Sip.Tests.Dialogs;

public class SipTokensTests
{
    [Fact]
    public void Tokens_do_not_repeat_and_branches_begin_with_the_cookie()
    {
        var tokens = new SipTokens(new SeededEntropy(1).Source);
        var branches = Enumerable.Range(0, 1000).Select(_ => tokens.NextBranch()).ToHashSet();

        Assert.Equal(1000, branches.Count);
        Assert.All(branches, branch => Assert.StartsWith(SipVia.MagicCookie, branch, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0x00, 0)]
    [InlineData(0xFF, 200)]
    public void A_bounded_number_reaches_both_ends_and_not_beyond(byte octet, int expected) =>
        Assert.Equal(expected, new SipTokens(destination => destination.Fill(octet)).Next(201));

    [Fact]
    public void A_first_number_leaves_room_below_2_to_the_31_8_1_1_5() =>
        Assert.InRange(new SipTokens(destination => destination.Fill(0xFF)).NextSequence(), 1u, 1u << 17);
}
