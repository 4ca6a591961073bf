using System.Globalization;

namespace Faxbot.CrashSoak;

/// <summary>The command line.</summary>
/// <param name="Kills">How often the gateway is killed.</param>
/// <param name="Seed">Decides what is sent, and when in its life the gateway is killed.</param>
/// <param name="Paced">The share of lives in which faxes go at the pace of a modem; each takes half a minute.</param>
/// <param name="Shared">How many faxes two gateways share of which one is killed once; null kills one gateway again and again.</param>
/// <param name="Messages">Whether text messages are sent in place of faxes.</param>
internal sealed record CrashOptions(int Kills = 200, int Seed = 1, double Paced = 0.1, int? Shared = null, bool Messages = false)
{
    private const int SharedFaxes = 60;

    public const string Usage = """
        ./faxbot soak crash [--kills N] [--seed S]    kills a gateway that often with faxes in flight, and counts what arrived
        ./faxbot soak shared [--faxes N]              kills one of two gateways that share so many faxes, and counts what arrived
        ./faxbot soak messages [--kills N] [--seed S] kills a gateway that often while it sends text messages, and counts what was sent
        """;

    /// <summary>Null when the words make no sense.</summary>
    public static CrashOptions? TryParse(IReadOnlyList<string> words)
    {
        var options = words is ["shared", ..] ? new CrashOptions(Shared: SharedFaxes) : new CrashOptions { Messages = words is ["messages", ..] };
        for (var i = words is ["crash" or "shared" or "messages", ..] ? 1 : 0; i < words.Count; i += 2)
        {
            if (i + 1 == words.Count || !int.TryParse(words[i + 1], CultureInfo.InvariantCulture, out var number)) return null;
            switch (words[i])
            {
                case "--faxes" when options.Shared is not null && number > 3: options = options with { Shared = number }; break;
                case "--kills" when options.Shared is null && number > 0: options = options with { Kills = number }; break;
                case "--seed" when options.Shared is null: options = options with { Seed = number }; break;
                default: return null;
            }
        }

        return options;
    }
}
