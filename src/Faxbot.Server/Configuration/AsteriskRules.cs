using System.Text.RegularExpressions;
using Faxbot.Lines.Asterisk.Configuration;

namespace Faxbot.Server.Configuration;

/// <summary>What the Asterisk servers must be beyond what each setting must look like.</summary>
internal static partial class AsteriskRules
{
    public static IEnumerable<ConfigurationProblem> Check(AsteriskOptions options)
    {
        foreach (var (index, server) in options.Servers.Index())
        {
            var place = $"asterisk.servers{Setting.EntryKey(index)}";
            if (!Name().IsMatch(server.Name!)) yield return new ConfigurationProblem($"{place}.name", "Give at most 32 lower-case letters, digits and hyphens.");
            if (!User().IsMatch(server.User)) yield return new ConfigurationProblem($"{place}.user", "Give letters, digits, hyphens and underscores: it is the name of a section of manager.conf.");
            if (options.Servers.Take(index).Any(other => other.Name == server.Name)) yield return new ConfigurationProblem($"{place}.name", "Another server has that name: give it one of its own.");
            // Two servers that share a folder would each take the other's faxes for its own.
            if (options.Servers.Take(index).Any(other => other.Folder == server.Folder))
                yield return new ConfigurationProblem($"{place}.folder", "Another server has that folder: give it one of its own.");
            if (AsteriskDialplan.CanName(server.FolderThere ?? server.Folder)) continue;
            yield return server.FolderThere is null
                ? new ConfigurationProblem($"{place}.folder_there", "Asterisk's dialplan cannot name the folder: choose one with letters, digits, dots, hyphens and underscores alone.")
                : new ConfigurationProblem($"{place}.folder_there", "Asterisk's dialplan cannot name it: give a whole path of letters, digits, dots, hyphens, underscores and slashes.");
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex User();
}
