namespace Faxbot.Server.Configuration;

/// <summary>What a document may take.</summary>
internal sealed record DocumentOptions
{
    [Setting("The largest document that is accepted.", Min = 1)]
    public OctetCount MaxSize { get; init; } = OctetCount.Megabytes(10);

    [Setting("The most pages of a fax.", Min = 1, Max = 9999)]
    public int MaxPages { get; init; } = 500;

    [Setting("How long the drawing of a document may take.", Min = 1)]
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(60);
}
