namespace Faxbot.Sdk;

/// <summary>The version of the contract between gateway and plugins that this library was built with.</summary>
public static class SdkContract
{
    /// <summary>It rises with each change that a plugin built before could not live with; additions do not raise it.</summary>
    public const int Version = 1;
}
