using Faxbot.Imaging.Pages;

namespace Faxbot.Bench.Codec;

/// <summary>What is measured by itself: one direction of one coding.</summary>
internal readonly record struct CodecCell(bool IsDecoding, FaxCoding Coding)
{
    /// <summary>Both directions of MH, MR and MMR.</summary>
    public static IReadOnlyList<CodecCell> All { get; } =
    [
        .. from isDecoding in new[] { false, true }
           from coding in Enum.GetValues<FaxCoding>()
           select new CodecCell(isDecoding, coding),
    ];

    /// <inheritdoc />
    public override string ToString() => $"{(IsDecoding ? "decode" : "encode")} {Coding.ToString().ToUpperInvariant()}";
}
