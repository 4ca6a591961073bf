using Faxbot.Sdk.Messages;
using Faxbot.Sdk.Outcomes;

namespace Faxbot.Sdk.Http;

/// <summary>What a provider's code of an error means.</summary>
/// <param name="Class">The class for retry rules.</param>
/// <param name="Party">Who the failure is to be laid to.</param>
/// <param name="Sentence">One plain sentence for people; names no number and no person.</param>
public sealed record ProviderCode(OutcomeClass Class, OutcomeParty Party, string Sentence)
{
    private const int Longest = 40;

    /// <summary>The recipient answered STOP, or was put on the provider's list for it.</summary>
    public static ProviderCode OptedOut { get; } =
        new(OutcomeClass.Refused, OutcomeParty.Number, "The recipient has opted out of messages from this number: none goes there before they opt in again.");

    /// <summary>The status of a message that was not delivered, with the code's sentence where that is known.</summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="known">Its codes.</param>
    /// <param name="code">What it said; null when it gave no code.</param>
    public static MessageStatus Undelivered(string provider, IReadOnlyDictionary<string, ProviderCode> known, string? code)
    {
        ArgumentNullException.ThrowIfNull(known);
        var word = code is not null && IsWord(code) ? code : null;
        var reason = word is null ? $"{provider} did not deliver it and does not say why."
            : known.TryGetValue(word, out var meaning) ? meaning.Sentence
            : $"{provider} did not deliver it: code {word}.";
        return new MessageStatus { State = MessageState.Undelivered, Reason = reason, ProviderCode = word };
    }

    /// <summary>Whether a text can be a code, and so holds nothing of anybody.</summary>
    internal static bool IsWord(string code) => code.Length is > 0 and <= Longest && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
