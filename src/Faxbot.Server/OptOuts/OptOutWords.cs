using System.Collections.Frozen;

namespace Faxbot.Server.OptOuts;

/// <summary>The words that carriers want honoured when they are the whole of a message, in any case.</summary>
internal static class OptOutWords
{
    private static readonly FrozenDictionary<string, OptOutWord> Known = new Dictionary<string, OptOutWord>(StringComparer.OrdinalIgnoreCase)
    {
        ["STOP"] = OptOutWord.Stop,
        ["STOPALL"] = OptOutWord.Stop,
        ["UNSUBSCRIBE"] = OptOutWord.Stop,
        ["CANCEL"] = OptOutWord.Stop,
        ["END"] = OptOutWord.Stop,
        ["QUIT"] = OptOutWord.Stop,
        ["START"] = OptOutWord.Start,
        ["UNSTOP"] = OptOutWord.Start,
        ["YES"] = OptOutWord.Start,
        ["HELP"] = OptOutWord.Help,
        ["INFO"] = OptOutWord.Help,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a text asks for.</summary>
    public static OptOutWord Read(string text) => Known.GetValueOrDefault(text.Trim());
}

/// <summary>What such a word asks for.</summary>
internal enum OptOutWord
{
    /// <summary>Nothing: it is no such word.</summary>
    None,
    /// <summary>No more messages.</summary>
    Stop,
    /// <summary>Messages again.</summary>
    Start,
    /// <summary>Who sends them, and how to stop them.</summary>
    Help,
}
