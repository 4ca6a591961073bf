namespace Faxbot.Sdk.Manifests;

/// <summary>A kind of plugin, by what it can do and not by what it speaks.</summary>
/// <param name="Category">The word in the manifest.</param>
/// <param name="PluginClass">The class that its plugins derive from.</param>
/// <param name="Required">What each of them must be able to do.</param>
/// <param name="Optional">What some can do.</param>
public sealed record CapabilityType(
    string Category, Type PluginClass, IReadOnlyList<Capability> Required, IReadOnlyList<Capability> Optional)
{
    /// <summary>All capabilities.</summary>
    public IEnumerable<Capability> Capabilities => Required.Concat(Optional);
}

/// <summary>One thing that a plugin can do.</summary>
/// <param name="Name">The word in the manifest, such as <c>send_fax</c>.</param>
/// <param name="Method">The method that does it, such as <c>SendFaxAsync</c>.</param>
public sealed record Capability(string Name, string Method);
