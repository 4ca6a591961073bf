using Faxbot.Server.OptOuts;

namespace Faxbot.Server.Tests.OptOuts;

public sealed class OptOutWordsTests
{
    [Theory]
    [InlineData("STOP", OptOutWord.Stop)]
    [InlineData("stopall", OptOutWord.Stop)]
    [InlineData("Unsubscribe", OptOutWord.Stop)]
    [InlineData("CANCEL", OptOutWord.Stop)]
    [InlineData("end", OptOutWord.Stop)]
    [InlineData(" quit\n", OptOutWord.Stop)]
    [InlineData("START", OptOutWord.Start)]
    [InlineData("unstop", OptOutWord.Start)]
    [InlineData("Yes", OptOutWord.Start)]
    [InlineData("help", OptOutWord.Help)]
    [InlineData("INFO", OptOutWord.Help)]
    [InlineData("Please stop", OptOutWord.None)]
    [InlineData("STOP it", OptOutWord.None)]
    [InlineData("", OptOutWord.None)]
    public void Only_a_whole_message_counts_in_any_case(string text, object word) => Assert.Equal(word, OptOutWords.Read(text));
}
