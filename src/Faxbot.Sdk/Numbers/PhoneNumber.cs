using System.Text.Json;
using System.Text.Json.Serialization;

namespace Faxbot.Sdk.Numbers;

/// <summary>
/// A number or address that a fax or message goes to or comes from: E.164 with plus sign, a national or private number, or a SIP user. It is
/// personal data: <see cref="ToString"/> shows only the ends (<c>+1*****1234</c>), <see cref="Value"/> all of it. In JSON it is a string.
/// </summary>
/// <param name="value">As it is to be dialled or was given.</param>
[JsonConverter(typeof(PhoneNumberJsonConverter))]
public readonly struct PhoneNumber(string value) : IEquatable<PhoneNumber>
{
    private const int ShownAtEnd = 4;
    private const int ShortestWithEnd = 7;
    private readonly string? _value = value;

    /// <summary>All of it. Never for logs.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public bool Equals(PhoneNumber other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PhoneNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Fit for logs: all but the first and the last digits are stars.</summary>
    public override string ToString()
    {
        if (Value.Length == 0) return "";
        var shown = Value[0] == '+' && Value.Length > 1 ? 2 : 0;
        // A SIP user may be a name: of that nothing is shown.
        var isShort = Value.Length < ShortestWithEnd || Value.AsSpan(shown == 0 ? 0 : 1).ContainsAnyExceptInRange('0', '9');
        return isShort ? "*****" : $"{Value[..shown]}*****{Value[^ShownAtEnd..]}";
    }

    /// <summary>Whether all of both is the same.</summary>
    public static bool operator ==(PhoneNumber left, PhoneNumber right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(PhoneNumber left, PhoneNumber right) => !left.Equals(right);
}

internal sealed class PhoneNumberJsonConverter : JsonConverter<PhoneNumber>
{
    public override PhoneNumber Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? throw new JsonException("A number is a string."));

    public override void Write(Utf8JsonWriter writer, PhoneNumber value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
