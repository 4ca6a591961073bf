namespace Faxbot.Server.Configuration;

/// <summary>A text that is never shown: <see cref="ToString"/> gives stars.</summary>
/// <param name="value">All of it.</param>
internal sealed class SecretText(string value) : IEquatable<SecretText>
{
    /// <summary>What stands for it wherever it is shown.</summary>
    public const string Mask = "***";

    /// <summary>All of it. Never for logs.</summary>
    public string Value { get; } = value;

    public bool Equals(SecretText? other) => other?.Value == Value;

    public override bool Equals(object? obj) => Equals(obj as SecretText);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Mask;
}
