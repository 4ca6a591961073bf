using System.Text.Json;
using Faxbot.Server.Configuration;

namespace Faxbot.Server.Content;

/// <summary>
/// The file of a <see cref="KeyRing"/>: JSON, or sealed JSON after <see cref="Magic"/>. It is replaced as a whole, so that a reader finds the old ring or
/// the new one.
/// </summary>
internal sealed class KeyRingFile(StorageOptions options)
{
    private static ReadOnlySpan<byte> Magic => "FAXBOT-KEYS-1\n"u8;

    private readonly string _path = Path.GetFullPath(options.KeyRing);

    public KeyRingContent ReadOrCreate(Func<KeyRingContent> create)
    {
        DurableFiles.CreateFolder(Path.GetDirectoryName(_path)!);
        if (!File.Exists(_path)) TryCreate(create());
        var content = Read();
        // A lock key that is new or has changed takes effect at once.
        if (options.Key is not null && !options.Key.Equals(OpenedBy())) Change(same => same);
        return content;
    }

    public KeyRingContent Read()
    {
        try
        {
            var octets = File.ReadAllBytes(_path);
            return KeyRingContent.Parse(octets.AsSpan().StartsWith(Magic) ? Unseal(octets).Json : octets);
        }
        catch (JsonException e)
        {
            throw new KeyRingException($"{_path} is not a key ring. Restore it from a backup: without it nothing that is stored can be read.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException($"{_path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the ring, changes it and writes it, while no other process does.</summary>
    public KeyRingContent Change(Func<KeyRingContent, KeyRingContent> change)
    {
        try
        {
            // A key that another process added in between would be lost, and all that it sealed.
            using var alone = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var content = change(Read());
            DurableFiles.Write(_path, Seal(content.ToJson()), replace: true);
            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException($"{_path} cannot be changed: {e.Message}", e);
        }
    }

    private void TryCreate(KeyRingContent content)
    {
        try
        {
            DurableFiles.Write(_path, Seal(content.ToJson()), replace: false);
        }
        catch (IOException) when (File.Exists(_path))
        {
            // Another gateway was faster: its ring is the ring.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyRingException($"{_path} cannot be written: {e.Message}", e);
        }
    }

    private LockKey? OpenedBy()
    {
        var octets = File.ReadAllBytes(_path);
        return octets.AsSpan().StartsWith(Magic) ? Unseal(octets).Key : null;
    }

    private byte[] Seal(byte[] json) => options.Key is { } key ? [.. Magic, .. AuthenticatedBox.Seal(key.Octets, json, Magic)] : json;

    private (byte[] Json, LockKey Key) Unseal(byte[] octets)
    {
        foreach (var key in new[] { options.Key, options.PreviousKey }.OfType<LockKey>())
        {
            if (AuthenticatedBox.TryOpen(key.Octets, octets.AsSpan(Magic.Length), Magic, out var json)) return (json, key);
        }

        throw new KeyRingException(options.Key is null
            ? $"{_path} is sealed: set storage.key to the key that it was sealed with."
            : $"{_path} was sealed with another key than storage.key. Set storage.previous_key to that one for one start, or restore the file from a backup.");
    }
}
