using System.Buffers.Binary;

namespace Faxbot.Fuzz;

/// <summary>
/// Makes inputs from good ones: flipped bits, odd numbers in binary and in text, cut, repeated, moved and spliced pieces, words of
/// the format. The same seed gives the same inputs for ever. Not thread-safe.
/// </summary>
internal sealed class Mutator
{
    private static readonly int[] OddNumbers = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 255, 256, 1023, 1024, 4095, 16_383, 16_384, 32_767, 32_768, 65_535, 65_536, 0xFFFFFF, int.MaxValue, int.MinValue, -1, -2, -128];
    private static readonly string[] OddTexts = ["0", "-1", "1", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775808", "99999999999999999999999999", "1e9", "0x10", "+5", ""];
    private static readonly byte[][] OddTextOctets = [.. OddTexts.Select(System.Text.Encoding.ASCII.GetBytes)];

    private readonly byte[][] _seeds;
    private readonly byte[][] _tokens;
    private readonly byte[] _work;
    private readonly byte[] _piece;
    private SplitMix _random;
    private int _length;

    /// <param name="target">Where seeds and tokens come from.</param>
    /// <param name="seed">Decides all inputs.</param>
    public Mutator(IFuzzTarget target, ulong seed)
    {
        _seeds = [.. target.Seeds.Where(bytes => bytes.Length <= target.MaxLength)];
        _tokens = [.. target.Tokens.Where(bytes => bytes.Length <= target.MaxLength)];
        _work = new byte[target.MaxLength];
        _piece = new byte[target.MaxLength];
        _random = new SplitMix(seed);
    }

    /// <summary>The next input; good until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        // Now and then from nothing.
        var seed = _seeds.Length == 0 || _random.Below(64) == 0 ? [] : Pick(_seeds);
        seed.CopyTo(_work, 0);
        _length = seed.Length;
        // 1, 2, 3 ... changes with probabilities 1/2, 1/4, 1/8 ...: few changes get past the first checks, many get far from the seed.
        var changes = 1 + int.Min(int.TrailingZeroCount((int)_random.Next() | 1 << 6) * 2, 12);
        for (var i = 0; i < changes; i++) Change();
        return _work.AsSpan(0, _length);
    }

    private void Change()
    {
        switch (_random.Below(14))
        {
            case 0 or 1 when _length > 0: _work[_random.Below(_length)] ^= (byte)(1 << _random.Below(8)); break;
            case 2 when _length > 0: _work[_random.Below(_length)] = (byte)_random.Next(); break;
            case 3 when _length > 0: _work[_random.Below(_length)] = (byte)OddNumbers[_random.Below(OddNumbers.Length)]; break;
            case 4 when _length > 1: PutNumber(); break;
            case 5: PutRandom(); break;
            case 6 when _length > 0: Remove(_random.Below(_length), 1 + _random.Below(int.Min(_length, 32))); break;
            case 7 when _length > 0: Repeat(); break;
            case 8 when _length > 0: _length = _random.Below(_length); break;
            case 9: Splice(); break;
            case 10 when _tokens.Length > 0: Insert(Where(), Pick(_tokens)); break;
            case 11: PutTextNumber(); break;
            case 12 when _length > 1: Move(); break;
            case 13 when _length > 0: Fill(); break;
            default: Insert(Where(), [(byte)_random.Next()]); break;
        }
    }

    private void PutNumber()
    {
        var value = OddNumbers[_random.Below(OddNumbers.Length)];
        var at = _random.Below(_length - 1);
        var where = _work.AsSpan(at, _length - at);
        if (where.Length < 4 || _random.Below(2) == 0) BinaryPrimitives.WriteUInt16BigEndian(where, (ushort)value);
        else if (_random.Below(2) == 0) BinaryPrimitives.WriteInt32BigEndian(where, value);
        else BinaryPrimitives.WriteInt32LittleEndian(where, value);
    }

    private void PutRandom()
    {
        var piece = _piece.AsSpan(0, 1 + _random.Below(int.Min(16, _piece.Length)));
        foreach (ref var octet in piece) octet = (byte)_random.Next();
        Insert(Where(), piece);
    }

    // Replaces the digits at some place; where there are none, adds some.
    private void PutTextNumber()
    {
        var start = Where();
        while (start < _length && !char.IsAsciiDigit((char)_work[start])) start++;
        var end = start;
        while (end < _length && char.IsAsciiDigit((char)_work[end])) end++;
        Remove(start, end - start);
        Insert(start, Pick(OddTextOctets));
    }

    // A piece again behind itself, sometimes many times: nested lists, long runs.
    private void Repeat()
    {
        var at = _random.Below(_length);
        var piece = Copy(_work.AsSpan(at, 1 + _random.Below(int.Min(_length - at, 64))));
        for (var times = 1 + (_random.Below(8) == 0 ? _random.Below(64) : 0); times > 0; times--) Insert(at, piece);
    }

    private void Splice()
    {
        var other = _seeds.Length == 0 ? [] : Pick(_seeds);
        if (other.Length == 0) return;
        var from = _random.Below(other.Length);
        var piece = other.AsSpan(from, 1 + _random.Below(other.Length - from));
        var at = Where();
        if (_random.Below(2) == 0) _length = at;
        Insert(at, piece);
    }

    private void Move()
    {
        var from = _random.Below(_length);
        var piece = Copy(_work.AsSpan(from, 1 + _random.Below(int.Min(_length - from, 64))));
        Remove(from, piece.Length);
        Insert(Where(), piece);
    }

    private void Fill()
    {
        var at = _random.Below(_length);
        _work.AsSpan(at, 1 + _random.Below(int.Min(_length - at, 64))).Fill(_random.Below(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)_random.Next() });
    }

    private void Remove(int at, int count)
    {
        count = int.Min(count, _length - at);
        _work.AsSpan(at + count, _length - at - count).CopyTo(_work.AsSpan(at));
        _length -= count;
    }

    // What does not fit falls off the end.
    private void Insert(int at, ReadOnlySpan<byte> piece)
    {
        var count = int.Min(piece.Length, _work.Length - at);
        var kept = int.Min(_length - at, _work.Length - at - count);
        _work.AsSpan(at, kept).CopyTo(_work.AsSpan(at + count));
        piece[..count].CopyTo(_work.AsSpan(at));
        _length = at + count + kept;
    }

    private ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> piece)
    {
        piece.CopyTo(_piece);
        return _piece.AsSpan(0, piece.Length);
    }

    private int Where() => _random.Below(_length + 1);

    private byte[] Pick(byte[][] from) => from[_random.Below(from.Length)];
}
