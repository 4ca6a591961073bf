namespace Faxbot.Testing.Captures;

/// <summary>How tshark reads a capture.</summary>
public sealed record TsharkOptions
{
    /// <summary>What it must be told (<c>-d</c>): <c>udp.port==40000,t38</c>. UDPTL has no port of its own; SDP in the same capture names it too.</summary>
    public IReadOnlyList<string> DecodeAs { get; init; } = [];

    /// <summary>Preferences (<c>-o</c>): <c>t38.use_pre_corrigendum_asn1_specification:TRUE</c> for T.38 version 0 and 1.</summary>
    public IReadOnlyList<string> Preferences { get; init; } = [];

    /// <summary>A display filter (<c>-Y</c>) that frames must pass; null for all.</summary>
    public string? Filter { get; init; }
}
