namespace Faxbot.Server.Plugins;

/// <summary>A plugin did not do what it was asked: it crashed, did not answer in time, or answered what the contract does not know.</summary>
internal sealed class PluginFailureException : Exception
{
    /// <param name="message">A sentence for the operator, without personal data.</param>
    /// <param name="wasCalled">Whether the plugin may have begun the work; false proves that nothing left.</param>
    /// <param name="inner">What caused it.</param>
    public PluginFailureException(string message, bool wasCalled, Exception? inner = null) : base(message, inner) => WasCalled = wasCalled;

    /// <summary>Whether the plugin may have begun the work.</summary>
    public bool WasCalled { get; }
}
