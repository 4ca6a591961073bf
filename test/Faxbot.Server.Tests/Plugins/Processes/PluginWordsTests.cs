using Faxbot.Server.Plugins.Processes;

namespace Faxbot.Server.Tests.Plugins.Processes;

public sealed class PluginWordsTests
{
    [Theory]
    [InlineData("calling +15550100191 now", "calling +1*****0191 now")]
    [InlineData("calling +1 (555) 010-0191 now", "calling +1*****0191 now")]
    [InlineData("extension 123456", "extension *****")]
    [InlineData("to sip:5550100191@example.net", "to sip:*****0191@example.net")]
    [InlineData("status 486, port 50600", "status 486, port 50600")]
    [InlineData("fax 01a220175d777c6aa9daa6277d6f4a42", "fax 01a220175d777c6aa9daa6277d6f4a42")]
    public void Numbers_are_masked_however_they_are_written(string said, string logged) => Assert.Equal(logged, PluginWords.Fit(said));
}
