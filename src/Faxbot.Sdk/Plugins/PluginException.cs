namespace Faxbot.Sdk.Plugins;

/// <summary>Something that the operator must hear about, in a sentence that says what to do. It holds no number, name or secret.</summary>
public sealed class PluginException : Exception
{
    /// <summary>With a sentence.</summary>
    public PluginException(string message) : base(message)
    {
    }

    /// <summary>With a sentence and what caused it.</summary>
    public PluginException(string message, Exception inner) : base(message, inner)
    {
    }

    /// <summary>Without words; give some.</summary>
    public PluginException()
    {
    }
}
