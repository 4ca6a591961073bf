namespace Faxbot.Server.Jobs;

/// <summary>The trunks of which a fax waits for the first that has room, as its row has them: ids, in order of the routes, with blanks between them.</summary>
internal static class AwaitedTrunks
{
    public static string Write(IEnumerable<string> pluginIds) => string.Join(' ', pluginIds);

    public static IReadOnlyList<string> Read(string waitsFor) => waitsFor.Split(' ');
}
