namespace Faxbot.Imaging.Tests.Tiff;

/// <summary>Sound files, damaged: in a directory more often than in the data.</summary>
internal static class TiffMutations
{
    private static readonly uint[] Edges =
        [0, 1, 2, 8, 255, 256, 65_535, 65_536, int.MaxValue, 0x8000_0000, uint.MaxValue - 1, uint.MaxValue];

    public static byte[] Mutate(byte[] file, Random random)
    {
        var mutated = (byte[])file.Clone();
        for (var i = random.Next(1, 5); i > 0; i--) mutated = MutateOnce(mutated, random);
        return mutated;
    }

    private static byte[] MutateOnce(byte[] file, Random random)
    {
        if (file.Length < 16) return file;
        // Our writer puts the last page's directory at the end.
        var at = random.Next(3) == 0 ? random.Next(file.Length - 4) : file.Length - 4 - random.Next(Math.Min(file.Length - 4, 300));
        switch (random.Next(6))
        {
            case 0:
                file[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                file[at] = (byte)random.Next(256);
                break;
            case 2:
                BitConverter.TryWriteBytes(file.AsSpan(at), Edges[random.Next(Edges.Length)]);
                break;
            case 3:
                BitConverter.TryWriteBytes(file.AsSpan(at), (uint)random.Next(file.Length + 2));
                break;
            case 4:
                BitConverter.TryWriteBytes(file.AsSpan(at), (ushort)random.Next(20));
                break;
            default:
                return file[..random.Next(file.Length)];
        }

        return file;
    }
}
