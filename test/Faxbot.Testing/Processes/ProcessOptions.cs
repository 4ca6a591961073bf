namespace Faxbot.Testing.Processes;

/// <summary>How a program is run.</summary>
public sealed record ProcessOptions
{
    /// <summary>The program and its children are killed after this.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Its working folder; the test's own when null.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Variables on top of the test's own; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>What it reads on standard input, which is closed afterwards; nothing when null.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>Of each output, as many characters are kept; the rest is read and dropped.</summary>
    public int MaxOutput { get; init; } = 32 << 20;
}
