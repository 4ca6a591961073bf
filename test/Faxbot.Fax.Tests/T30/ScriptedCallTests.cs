using Faxbot.Testing.Calls;

namespace Faxbot.Fax.Tests.T30;

/// <summary>The calls of <c>test/corpus/calls</c>, each against the real machine in virtual time.</summary>
public sealed class ScriptedCallTests
{
    public static TheoryData<string> Calls => [.. CallScript.Names];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Goes_as_the_script_says(string call) => CallPlayer.Play(CallScript.Read(call));

    [Fact]
    public void A_call_that_goes_otherwise_is_told_with_its_line()
    {
        var script = CallScript.Parse("other", "role transmitter\nexpect CNG\nsend DIS:fine\nexpect DCS:ecm\nresult Completed PostPage MCF 1 0\noutcome Success PostPage MCF");

        var told = Assert.Throws<CallScriptException>(() => CallPlayer.Play(script));

        Assert.StartsWith("other.call:4: expect DCS:ecm: the machine sends DCS", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_ends_otherwise_is_told()
    {
        var script = CallScript.Parse("other", "role transmitter\nexpect CNG\nexpect DCN after 30-40\nresult Silence CallSetUp - 0 0\noutcome NotFax Negotiate T1");

        var told = Assert.Throws<CallScriptException>(() => CallPlayer.Play(script));

        Assert.EndsWith("it is NoFax CallSetUp - 0 0", told.Message, StringComparison.Ordinal);
    }
}
