using System.Globalization;
using Faxbot.Fax.T30;
using Faxbot.Imaging.Pages;

namespace Faxbot.Testing.Calls;

/// <summary>The machine of a scripted call and what it is given: its lines <c>role</c>, <c>pages</c> and <c>option</c>.</summary>
public sealed class CallOptions
{
    private CallOptions()
    {
    }

    /// <summary>Whether the machine sends pages.</summary>
    public bool Transmits { get; private set; }

    /// <summary>How a transmitter behaves.</summary>
    public TransmitterOptions Transmitter { get; private set; } = new();

    /// <summary>How a receiver behaves.</summary>
    public ReceiverOptions Receiver { get; private set; } = new();

    /// <summary>A transmitter's pages.</summary>
    public IFaxDocument Document { get; private set; } = new SampleDocument([FaxResolution.Fine]);

    /// <summary>The pages that a transmitter has to send.</summary>
    public int PagesTotal => Document.PageCount - Transmitter.FirstPage;

    /// <summary>Whether the machine called; the far end is then the station that sends DIS.</summary>
    public bool Calls => Transmits ? !Transmitter.AnswersPoll : Receiver.Polls;

    internal static CallOptions Read(IReadOnlyList<CallLine> lines)
    {
        var options = new CallOptions();
        foreach (var line in lines)
        {
            if (line.Verb == "role") options.Transmits = line.Words[0] switch { "transmitter" => true, "receiver" => false, _ => throw line.Wrong("unknown role") };
            else if (line.Verb == "pages") options.Document = new SampleDocument([.. line.Words.Select(word => Enum.Parse<FaxResolution>(word, ignoreCase: true))]);
            else if (options.Transmits) options.Transmitter = Apply(options.Transmitter, line);
            else options.Receiver = Apply(options.Receiver, line);
        }

        return options;
    }

    private static TransmitterOptions Apply(TransmitterOptions options, CallLine line) => line.Words[0] switch
    {
        "identity" => options with { Identity = CallWords.Text(line.Words[1]) },
        "sub" => options with { Subaddress = line.Words[1] },
        "sid" => options with { SenderIdentification = line.Words[1] },
        "polled" => options with { AnswersPoll = true },
        "no-ced" => options with { SendAnsweringTone = false },
        "sep" => options with { SelectivePolling = line.Words[1] },
        "pwd" => options with { Password = line.Words[1] },
        "first" => options with { FirstPage = int.Parse(line.Words[1], CultureInfo.InvariantCulture) - 1 },
        "retries" => options with { PageRetries = int.Parse(line.Words[1], CultureInfo.InvariantCulture) },
        "rate" => options with { Limits = options.Limits with { MaxBitRate = int.Parse(line.Words[1], CultureInfo.InvariantCulture) } },
        "no-ecm" => options with { Limits = options.Limits with { Ecm = false } },
        "coding" => options with { Limits = options.Limits with { BestCoding = Enum.Parse<FaxCoding>(line.Words[1], ignoreCase: true) } },
        _ => throw line.Wrong("unknown option of a transmitter"),
    };

    private static ReceiverOptions Apply(ReceiverOptions options, CallLine line) => line.Words[0] switch
    {
        "identity" => options with { Identity = CallWords.Text(line.Words[1]) },
        "polls" => options with { Polls = true },
        "no-ced" => options with { SendAnsweringTone = false },
        "sep" => options with { SelectivePolling = line.Words[1] },
        "pwd" => options with { Password = line.Words[1] },
        "required-sid" => options with { RequiredSenderIdentification = line.Words[1] },
        "max-pages" => options with { MaxPages = int.Parse(line.Words[1], CultureInfo.InvariantCulture) },
        _ => throw line.Wrong("unknown option of a receiver"),
    };
}
