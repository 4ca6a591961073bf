using Faxbot.Documents;
using Faxbot.Sdk.Plugins;

namespace Faxbot.Server.Health;

/// <summary>The program that draws PDF is there, and can be confined.</summary>
internal sealed class RendererCheck : IReadinessCheck
{
    private static readonly RendererOptions Renderer = new();

    public string Name => "renderer";

    public Task<CheckResult> CheckAsync(CancellationToken cancel)
    {
        var missing = new[] { Renderer.PdfToPpm, Renderer.PdfInfo }.Where(program => !File.Exists(program)).ToArray();
        return Task.FromResult(missing.Length > 0 ? CheckResult.Failed($"{string.Join(" and ", missing)} is not there: install poppler-utils.")
            : FaxDocumentRenderer.HostConfinement is null ? CheckResult.Failed("Programs cannot be confined on this machine: install util-linux.")
            : CheckResult.Passed);
    }
}
