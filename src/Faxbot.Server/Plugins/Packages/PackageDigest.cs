using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Faxbot.Server.Plugins.Packages;

/// <summary>
/// The SHA-512 of a file set: over each file in ordinal order of its path, the path in UTF-8, a zero octet, its length in eight octets (most
/// significant first), and its content.
/// </summary>
internal static class PackageDigest
{
    /// <returns>Lower-case hexadecimal.</returns>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        Span<byte> length = stackalloc byte[sizeof(long)];
        var buffer = new byte[64 << 10];
        var paths = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(Path.Combine(folder, path));
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData([0]);
            BinaryPrimitives.WriteInt64BigEndian(length, file.Length);
            hash.AppendData(length);
            for (int read; (read = file.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
