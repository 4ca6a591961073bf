namespace Faxbot.Testing;

/// <summary>
/// Held by one process of this user at a time (flock(2), so the kernel frees it when the holder dies, and flock(1) in a
/// script on the same file takes part).
/// </summary>
public sealed class InterprocessLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private InterprocessLock(FileStream file) => _file = file;

    /// <summary>Waits until no other process holds <paramref name="path"/>, which is created when absent and stays.</summary>
    /// <exception cref="TimeoutException">Another process held it for all of <paramref name="limit"/>.</exception>
    public static async Task<InterprocessLock> AcquireAsync(string path, TimeSpan limit, CancellationToken cancel = default)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new InterprocessLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (TimeProvider.System.GetElapsedTime(start) > limit)
                    throw new TimeoutException($"{path} was held by another process for {limit.TotalSeconds:0} seconds.", e);
            }

            await Task.Delay(Interval, cancel);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
