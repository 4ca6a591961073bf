using Faxbot.Sdk.Plugins;

namespace Faxbot.Server.Health;

/// <summary>Something that the gateway needs in order to work. Thread-safe.</summary>
internal interface IReadinessCheck
{
    /// <summary>A word for it, such as <c>database</c>.</summary>
    string Name { get; }

    /// <summary>Uses it as the work does, and says what stands in the way; does not throw for that.</summary>
    Task<CheckResult> CheckAsync(CancellationToken cancel);
}
