using System.Numerics;

namespace Faxbot.Telnyx.Common;

/// <summary>A point of edwards25519 in extended homogeneous coordinates (RFC 8032 5.1.4): x = X/Z, y = Y/Z, xy = T/Z.</summary>
internal readonly record struct EdwardsPoint(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
{
    private const int Octets = 32, CoordinateBits = 255;

    private static readonly BigInteger P = BigInteger.Pow(2, CoordinateBits) - 19;
    private static readonly BigInteger D = Modulo(-121665 * Inverse(121666));
    private static readonly BigInteger SquareRootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);

    /// <summary>The base point, B.</summary>
    public static EdwardsPoint Base { get; } = MakeBase();

    private static EdwardsPoint Neutral { get; } = new(0, 1, 1, 0);

    /// <summary>RFC 8032 5.1.3: y, and the lowest bit of x on top of it.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out EdwardsPoint point)
    {
        point = Neutral;
        if (octets.Length != Octets) return false;
        var y = new BigInteger(octets, isUnsigned: true);
        var isOdd = y >> CoordinateBits == 1;
        y &= (BigInteger.One << CoordinateBits) - 1;
        if (y >= P || !TryFindX(y, isOdd, out var x)) return false;
        point = Affine(x, y);
        return true;
    }

    /// <summary>RFC 8032 5.1.2.</summary>
    public byte[] Encode()
    {
        var z = Inverse(Z);
        var (x, y) = (Modulo(X * z), Modulo(Y * z));
        var octets = new byte[Octets];
        (y | ((x & 1) << CoordinateBits)).TryWriteBytes(octets, out _, isUnsigned: true);
        return octets;
    }

    public EdwardsPoint Negate() => new(Modulo(-X), Y, Z, Modulo(-T));

    /// <summary>[a]P + [b]Q, both by one run of doublings.</summary>
    public static EdwardsPoint Combine(BigInteger a, EdwardsPoint p, BigInteger b, EdwardsPoint q)
    {
        var both = p.Add(q);
        var sum = Neutral;
        for (var bit = (int)Math.Max(a.GetBitLength(), b.GetBitLength()) - 1; bit >= 0; bit--)
        {
            sum = sum.Double();
            var (first, second) = (!(a >> bit).IsEven, !(b >> bit).IsEven);
            if (first && second) sum = sum.Add(both);
            else if (first) sum = sum.Add(p);
            else if (second) sum = sum.Add(q);
        }

        return sum;
    }

    // RFC 8032 5.1.4; complete, so that no pair of points needs care.
    private EdwardsPoint Add(EdwardsPoint other)
    {
        var a = Modulo((Y - X) * (other.Y - other.X));
        var b = Modulo((Y + X) * (other.Y + other.X));
        var c = Modulo(T * 2 * D * other.T);
        var d = Modulo(Z * 2 * other.Z);
        return Make(b - a, d - c, d + c, b + a);
    }

    private EdwardsPoint Double()
    {
        var a = Modulo(X * X);
        var b = Modulo(Y * Y);
        var h = a + b;
        var e = h - Modulo((X + Y) * (X + Y));
        var g = a - b;
        return Make(e, Modulo(2 * Z * Z) + g, g, h);
    }

    private static EdwardsPoint Make(BigInteger e, BigInteger f, BigInteger g, BigInteger h) => new(Modulo(e * f), Modulo(g * h), Modulo(f * g), Modulo(e * h));

    // RFC 8032 5.1.3, steps 2 to 4.
    private static bool TryFindX(BigInteger y, bool isOdd, out BigInteger x)
    {
        var (u, v) = (Modulo(y * y - 1), Modulo(D * y * y + 1));
        var v3 = Modulo(v * v * v);
        x = Modulo(u * v3 * BigInteger.ModPow(Modulo(u * v3 * v3 * v), (P - 5) / 8, P));
        var check = Modulo(v * x * x);
        if (check == Modulo(-u)) x = Modulo(x * SquareRootOfMinusOne);
        else if (check != u) return false;
        if (x.IsZero && isOdd) return false;
        if (!x.IsEven != isOdd) x = P - x;
        return true;
    }

    private static EdwardsPoint MakeBase()
    {
        var y = Modulo(4 * Inverse(5));
        TryFindX(y, isOdd: false, out var x);
        return Affine(x, y);
    }

    private static EdwardsPoint Affine(BigInteger x, BigInteger y) => new(x, y, 1, Modulo(x * y));

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    private static BigInteger Modulo(BigInteger value)
    {
        var remainder = BigInteger.Remainder(value, P);
        return remainder.Sign < 0 ? remainder + P : remainder;
    }
}
