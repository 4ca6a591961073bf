using System.CommandLine;
using System.Globalization;
using Faxbot.Documents.Export;

namespace Faxbot.Cli.Commands;

/// <summary><c>faxbot render</c>: shows the very bits that would be sent.</summary>
internal static class RenderCommand
{
    public static Command Create()
    {
        var settings = new RenderSettings();
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write: .png (one a page when there are several: out-1.png, out-2.png ...), .tif or .pdf.",
            HelpName = "FILE",
            Required = true,
        };
        var page = CheckedOption.Number(
            "--page", "PNG: only this page, counted from 1; all when left out.", "N", 1, int.MaxValue, "the number of a page, counted from 1");
        var square = new Option<bool>("--square") { Description = "PNG: repeat lines so that the page looks right where pixels are taken for square." };
        var command = new Command("render", "Turn documents into fax pages and show exactly the bits that would be sent.") { output, page, square };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var target = parsed.GetRequiredValue(output);
            var kind = Path.GetExtension(target).ToUpperInvariant();
            if (kind is not (".PNG" or ".TIF" or ".TIFF" or ".PDF"))
                throw new BadInputException($"--output {target}: the name must end in .png, .tif or .pdf, which says what to write.");
            if (kind != ".PNG" && parsed.GetResult(page) is not null)
                throw new BadInputException($"--page chooses a page for a PNG, and {target} takes them all: leave it out, or write to a .png.");
            using var rendered = await RenderedFile.CreateAsync(settings.Documents(parsed), settings.Read(parsed, null, ""), cancel);
            foreach (var warning in rendered.Outcome.Warnings) Console.Error.WriteLine($"faxbot: {warning}");
            var count = rendered.Document.PageCount;
            var wanted = parsed.GetValue(page);
            if (wanted > count)
                throw new BadInputException($"--page {wanted}: the document has {count} page{(count == 1 ? "" : "s")}, counted from 1.");
            try
            {
                Write(rendered, target, kind, wanted == 0 ? null : wanted, parsed.GetValue(square));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException($"--output {target}: {refused.Message}");
            }

            return ExitCode.Delivered;
        });
        return command;
    }

    private static void Write(RenderedFile rendered, string target, string kind, int? only, bool square)
    {
        switch (kind)
        {
            case ".PNG":
                WritePngs(rendered, target, only, square);
                break;
            case ".PDF":
                using (var pdf = File.Create(target)) FaxPdfWriter.Write(rendered.Document, pdf);
                Console.WriteLine(target);
                break;
            default:
                File.Copy(rendered.Path, target, overwrite: true);
                Console.WriteLine(target);
                break;
        }
    }

    private static void WritePngs(RenderedFile rendered, string target, int? only, bool square)
    {
        var count = rendered.Document.PageCount;
        for (var index = 0; index < count; index++)
        {
            if (only is not null && only != index + 1) continue;
            var path = count == 1 || only is not null
                ? target
                : Path.Combine(Path.GetDirectoryName(target) ?? "", string.Create(CultureInfo.InvariantCulture,
                    $"{Path.GetFileNameWithoutExtension(target)}-{index + 1}{Path.GetExtension(target)}"));
            using var page = rendered.Document.OpenPage(index);
            using var file = File.Create(path);
            PagePng.Write(page, file, square);
            Console.WriteLine(path);
        }
    }
}
