using Faxbot.Server.Configuration;

namespace Faxbot.Server.Content;

/// <summary>
/// The keys that contents and secrets are sealed with, in a file that only its owner may read. The newest seals, all open. A further key, which
/// never changes, makes the names of contents. With a lock key from the configuration the file itself is sealed, so that whoever copies the data
/// folder has nothing. Thread-safe; gateways that share the file see each other's keys.
/// </summary>
internal sealed class KeyRing
{
    private readonly KeyRingFile _file;
    private readonly TimeProvider _time;
    private readonly Lock _loading = new();
    private volatile KeyRingContent _content;

    private KeyRing(KeyRingFile file, KeyRingContent content, TimeProvider time) => (_file, _content, _time) = (file, content, time);

    public RingKey Newest => _content.Keys[^1];

    public byte[] NamingKey => _content.NamingKey;

    /// <summary>Reads the ring, or makes one where there is none.</summary>
    /// <exception cref="KeyRingException">The file cannot be used; the sentence says what to do.</exception>
    public static KeyRing Open(StorageOptions options, TimeProvider time)
    {
        var file = new KeyRingFile(options);
        return new KeyRing(file, file.ReadOrCreate(() => KeyRingContent.Create(time.GetUtcNow())), time);
    }

    /// <summary>The key with that id; null when the ring does not have it.</summary>
    public RingKey? Find(ulong id)
    {
        if (_content.Find(id) is { } known) return known;
        lock (_loading)
        {
            // Another gateway may have added it.
            _content = _file.Read();
            return _content.Find(id);
        }
    }

    /// <summary>Adds a key that seals from now on; the others go on opening.</summary>
    /// <exception cref="KeyRingException">The file cannot be written, or another process is adding a key.</exception>
    public RingKey Rotate()
    {
        lock (_loading)
        {
            _content = _file.Change(content => content with { Keys = [.. content.Keys, RingKey.Create(_time.GetUtcNow())] });
            return Newest;
        }
    }
}
