using System.Globalization;

namespace Faxbot.CrashSoak;

/// <summary>The command line.</summary>
/// <param name="Kills">How often the gateway is killed.</param>
/// <param name="Seed">Decides what is sent, and when in its life the gateway is killed.</param>
/// <param name="Paced">The share of lives in which faxes go at the pace of a modem; each takes half a minute.</param>
internal sealed record CrashOptions(int Kills = 200, int Seed = 1, double Paced = 0.1)
{
    public const string Usage = "./faxbot soak crash [--kills N] [--seed S]    kills a gateway that often with faxes in flight, and counts what arrived";

    /// <summary>Null when the words make no sense.</summary>
    public static CrashOptions? TryParse(IReadOnlyList<string> words)
    {
        var options = new CrashOptions();
        for (var i = 0; i < words.Count; i += 2)
        {
            if (i + 1 == words.Count || !int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out var number)) return null;
            switch (words[i])
            {
                case "--kills" when number > 0: options = options with { Kills = number }; break;
                case "--seed": options = options with { Seed = number }; break;
                default: return null;
            }
        }

        return options;
    }
}
