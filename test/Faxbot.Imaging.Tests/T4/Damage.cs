namespace Faxbot.Imaging.Tests.T4;

/// <summary>What a bad line does to coded data.</summary>
internal static class Damage
{
    /// <summary>Flips bits, drops, repeats, blanks or cuts off octets: one to four such faults.</summary>
    public static void Apply(ref byte[] coded, Random random)
    {
        for (var faults = random.Next(1, 5); faults > 0 && coded.Length > 0; faults--)
        {
            var at = random.Next(coded.Length);
            var length = random.Next(Math.Min(12, coded.Length - at) + 1);
            switch (random.Next(6))
            {
                case 0: coded[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: coded[at] = (byte)random.Next(256); break;
                case 2: coded = [.. coded[..at], .. coded[(at + length)..]]; break;
                case 3: coded = [.. coded[..(at + length)], .. coded[at..]]; break;
                case 4: coded.AsSpan(at, length).Clear(); break;
                default: coded = random.Next(4) == 0 ? coded[..at] : coded; break;
            }
        }
    }
}
