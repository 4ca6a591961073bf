using System.Collections;
using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>One parameter: <c>name</c> or <c>name=value</c>.</summary>
/// <param name="Name">Compares without case.</param>
/// <param name="Value">Null for a flag; the quotes of a quoted string are taken off.</param>
/// <param name="IsQuoted">The value stands in quotes.</param>
public readonly record struct SipParameter(string Name, string? Value, bool IsQuoted = false)
{
    public override string ToString() => Value is null ? Name
        : Name + "=" + (IsQuoted || Value.Length == 0 || Value.AsSpan().ContainsAnyExcept(SipGrammar.BareValueChars)
            ? SipGrammar.Quote(Value) : Value);
}

/// <summary>The parameters of a header value or URI, in order. Immutable.</summary>
public sealed class SipParameters : IReadOnlyList<SipParameter>, IEquatable<SipParameters>
{
    private readonly SipParameter[] _items;

    public SipParameters(IEnumerable<SipParameter> parameters) => _items = [.. parameters];

    private SipParameters(SipParameter[] items) => _items = items;

    public static SipParameters Empty { get; } = new([]);

    public int Count => _items.Length;

    public SipParameter this[int index] => _items[index];

    /// <summary>The value of the first parameter of that name; null when it is absent or a flag.</summary>
    public string? this[string name] => IndexOf(name) is var i and >= 0 ? _items[i].Value : null;

    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>A copy with that parameter replaced in place, or added at the end.</summary>
    public SipParameters With(string name, string? value)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return new SipParameters([.. _items, new SipParameter(name, value)]);
        }

        var copy = (SipParameter[])_items.Clone();
        copy[index] = copy[index] with { Value = value, IsQuoted = value is not null && copy[index].IsQuoted };
        return new SipParameters(copy);
    }

    /// <summary>A copy without the parameters of that name.</summary>
    public SipParameters Without(string name) =>
        Contains(name) ? new SipParameters(Array.FindAll(_items, item => !NamesEqual(item.Name, name))) : this;

    public bool Equals(SipParameters? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary>Each parameter behind a semicolon, as it stands in a header value.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var item in _items)
        {
            text.Append(';').Append(item.ToString());
        }

        return text.ToString();
    }

    public IEnumerator<SipParameter> GetEnumerator() => ((IEnumerable<SipParameter>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    private static bool NamesEqual(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private int IndexOf(string name) => Array.FindIndex(_items, item => NamesEqual(item.Name, name));
}
