namespace Faxbot.Server.Plugins.Install;

/// <summary>A plugin is not installed, upgraded or rolled back; all is as it was before.</summary>
/// <param name="failure">In one word.</param>
/// <param name="message">Sentences for the operator: what is wrong and what to do.</param>
internal sealed class PluginInstallException(InstallFailure failure, string message) : Exception(message)
{
    public InstallFailure Failure => failure;

    public static PluginInstallException Refused(string message) => new(InstallFailure.Refused, message);
}

/// <summary>Why a plugin is not installed.</summary>
internal enum InstallFailure
{
    /// <summary>The operator's configuration does not list the source.</summary>
    NotListed,
    /// <summary>There is no such package, version or plugin.</summary>
    NotFound,
    /// <summary>A source does not answer.</summary>
    Unreachable,
    /// <summary>The package cannot be taken as it is.</summary>
    Refused,
    /// <summary>It is not in a state for that.</summary>
    Conflict,
}
