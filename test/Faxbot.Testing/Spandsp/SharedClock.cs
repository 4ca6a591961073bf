using System.IO.MemoryMappedFiles;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Testing.Spandsp;

/// <summary>
/// A clock that runs at most <c>factor</c> times as fast as the real one, for a call between this process and a peer that is told the time
/// (<see cref="Options"/>). It goes on only while both have done what was due, so that a busy machine makes the call longer and lets no timer of T.30 run out.
/// </summary>
public sealed class SharedClock : IAsyncDisposable
{
    private const int Told = 0;
    private const int Reached = sizeof(long);

    // Far below what any timer of T.30 allows for.
    private static readonly TimeSpan LongestStep = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    // A peer that crashed stops nobody.
    private static readonly TimeSpan PeerPatience = TimeSpan.FromSeconds(5);

    private readonly int _factor;
    private readonly TempFolder _folder = new();
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _words;
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>A clock that stands still until <see cref="Start"/>.</summary>
    public SharedClock(int factor)
    {
        _factor = factor;
        _file = MemoryMappedFile.CreateFromFile(_folder.Of("clock"), FileMode.CreateNew, mapName: null, Reached + sizeof(ulong));
        _words = _file.CreateViewAccessor();
    }

    /// <summary>The clock for this side.</summary>
    public TimeProvider Time => _time;

    /// <summary>What lets a peer follow it.</summary>
    public IReadOnlyList<string> Options => ["--clock", _folder.Of("clock")];

    /// <summary>Lets it run, once the peer has begun.</summary>
    public void Start() => _running = RunAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _words.Dispose();
        _file.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    // On the thread pool, where this side's packets are handled too: when they have to wait, so has the clock.
    private async Task RunAsync()
    {
        ulong told = 0;
        var last = TimeProvider.System.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(Pause);
            var passed = TimeProvider.System.GetElapsedTime(last);
            if (_words.ReadUInt64(Reached) < told && passed < PeerPatience) continue;
            last = TimeProvider.System.GetTimestamp();
            var step = passed * _factor < LongestStep ? passed * _factor : LongestStep;
            told += (ulong)step.TotalMicroseconds;
            _words.Write(Told, told);
            _time.Advance(step);
        }
    }
}
