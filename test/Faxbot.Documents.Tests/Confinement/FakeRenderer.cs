using Faxbot.Documents.Confinement;
using Faxbot.Documents.Tests.Support;

namespace Faxbot.Documents.Tests.Confinement;

/// <summary>A script in the renderer's place, with what such a program needs to behave, and to misbehave.</summary>
internal static class FakeRenderer
{
    /// <summary>Writes one white page of 8 x 8 pixels, and says that it was the only one.</summary>
    public const string OnePage = """printf 'P5\n8 8\n255\n'; printf '\377%.0s' {1..64}; echo '1 1 ' >&2; """;

    private const UnixFileMode Reachable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;

    /// <summary>Options with a renderer that is this bash script. It may begin no process but replace itself (exec).</summary>
    public static RenderOptions Options(
        RenderBench bench, string script, RenderLimits? limits = null, ConfinementLevel level = ConfinementLevel.Sandbox)
    {
        var path = bench.Of($"{Guid.NewGuid():N}.sh");
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        // Where no sandbox can be had, the renderer runs as nobody and must reach the script all the same.
        File.SetUnixFileMode(Path.GetDirectoryName(path)!, Reachable);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return new RenderOptions { Renderer = new RendererOptions { PdfToPpm = path, MostConfinement = level }, Limits = limits ?? new RenderLimits() };
    }
}
