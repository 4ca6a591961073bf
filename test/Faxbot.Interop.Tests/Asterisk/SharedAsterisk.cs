using Faxbot.Interop.Tests.Asterisk;
using Faxbot.Testing.Asterisk;

[assembly: AssemblyFixture(typeof(SharedAsterisk))]

namespace Faxbot.Interop.Tests.Asterisk;

/// <summary>The Asterisk that the tests of this assembly share, started by the first that asks; each takes numbers of its own.</summary>
public sealed class SharedAsterisk : IAsyncDisposable
{
    private readonly Lazy<Task<AsteriskLab>> _lab = new(() => AsteriskLab.StartAsync());

    /// <summary>The instance.</summary>
    public Task<AsteriskLab> OpenAsync() => _lab.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lab is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) await (await _lab.Value).DisposeAsync();
    }
}
