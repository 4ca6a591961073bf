using System.CommandLine;
using Faxbot.Client.Faxes;
using Faxbot.Documents;
using Faxbot.Imaging.Pages;

namespace Faxbot.Cli.Commands;

/// <summary>The options that say how documents become pages, shared by <c>send</c> and <c>render</c>.</summary>
internal sealed class RenderSettings
{
    private readonly Option<string> _resolution = new("--resolution")
    {
        Description = "Lines per millimetre: standard 3.85, fine 7.7, superfine 15.4.",
        DefaultValueFactory = _ => "fine",
    };

    private readonly Option<string> _quality = new("--quality")
    {
        Description = "How grey becomes black and white: chosen for each part of a page (auto), sharp (text), or dithered (photo).",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string> _paper = new("--paper")
    {
        Description = "The length of a page: as the document's (auto), a4, letter or legal.",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string?> _header = new("--header")
    {
        Description = "Who sends, as the line at the top of each page names it. US law (47 CFR 68.318(d)) wants name and number there.",
        HelpName = "TEXT",
    };

    private readonly Option<bool> _noHeader = new("--no-header") { Description = "No line at the top of each page." };

    public RenderSettings()
    {
        _resolution.AcceptOnlyFromAmong("standard", "fine", "superfine");
        _quality.AcceptOnlyFromAmong("auto", "text", "photo");
        _paper.AcceptOnlyFromAmong("auto", "a4", "letter", "legal");
    }

    /// <summary>The files.</summary>
    public Argument<string[]> Files { get; } = new("FILE")
    {
        Description = "PDF, TIFF, PNG, JPEG or UTF-8 text; the content decides, not the name. Several become one document.",
        // None is refused by a sentence of ours, which names what is missing.
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(Files);
        command.Options.Add(_resolution);
        command.Options.Add(_quality);
        command.Options.Add(_paper);
        command.Options.Add(_header);
        command.Options.Add(_noHeader);
    }

    /// <summary>The documents that were named.</summary>
    /// <exception cref="BadInputException">None was.</exception>
    public IReadOnlyList<DocumentFile> Documents(ParseResult parsed) => parsed.GetValue(Files) is { Length: > 0 } files
        ? [.. files.Select(f => new DocumentFile(f))]
        : throw new BadInputException("FILE is missing: name at least one document, such as letter.pdf.");

    /// <summary>The options of the renderer.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="number">The number that sends.</param>
    /// <param name="recipient">Who receives.</param>
    /// <param name="sender">Who sends when <c>--header</c> does not say it. Without this, <c>--header</c> and a number there is no header.</param>
    public RenderOptions Read(ParseResult parsed, string? number, string recipient, string? sender = null)
    {
        var name = parsed.GetValue(_header) ?? sender ?? "";
        return new RenderOptions
        {
            Resolution = parsed.GetRequiredValue(_resolution) switch
            {
                "standard" => FaxResolution.Standard,
                "superfine" => FaxResolution.Superfine,
                _ => FaxResolution.Fine,
            },
            Quality = Enum.Parse<RenderQuality>(parsed.GetRequiredValue(_quality), ignoreCase: true),
            Paper = Enum.Parse<PaperSize>(parsed.GetRequiredValue(_paper), ignoreCase: true),
            Header = parsed.GetValue(_noHeader) || string.IsNullOrWhiteSpace(name + number)
                ? null
                : new HeaderLine(name, number ?? "", recipient, TimeProvider.System.GetLocalNow()),
        };
    }

    /// <summary>The same wishes for a gateway, which draws the pages; receiver and document are to be filled in.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="drawn">Whether the pages were drawn here, header line included.</param>
    public FaxSubmission Describe(ParseResult parsed, bool drawn) => new()
    {
        To = "",
        Document = Stream.Null,
        Quality = parsed.GetRequiredValue(_resolution),
        Header = drawn || parsed.GetValue(_noHeader) ? "" : parsed.GetValue(_header),
    };
}
