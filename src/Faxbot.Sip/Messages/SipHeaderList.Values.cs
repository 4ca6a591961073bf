using System.Globalization;
using System.Runtime.InteropServices;

namespace Faxbot.Sip.Messages;

/// <summary>Between values and text: each value is read when it is first asked for, and once.</summary>
public sealed partial class SipHeaderList
{
    private delegate bool ValueParser<T>(ReadOnlySpan<char> text, out T value);

    private T? GetOne<T>(string name, ValueParser<T> parse)
        where T : class
    {
        var index = Find(name);
        return index < 0 ? null : Typed(ref CollectionsMarshal.AsSpan(_fields)[index], parse);
    }

    private List<T> GetMany<T>(string name, ValueParser<T> parse)
        where T : class
    {
        var values = new List<T>();
        foreach (ref var field in CollectionsMarshal.AsSpan(_fields))
        {
            if (Same(field.Header.Name, name) && Typed(ref field, parse) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static T? Typed<T>(ref Field field, ValueParser<T> parse)
        where T : class
    {
        if (field.Typed is T known)
        {
            return known;
        }

        if (!parse(field.Header.Value, out var value))
        {
            return null;
        }

        field.Typed = value;
        return value;
    }

    private List<T> GetElements<T>(string name, ValueParser<T> parse)
    {
        var values = new List<T>();
        foreach (var field in _fields)
        {
            ReadOnlySpan<char> rest = Same(field.Header.Name, name) ? field.Header.Value : default;
            while (!rest.IsEmpty)
            {
                if (parse(SipGrammar.CutListElement(ref rest), out var value))
                {
                    values.Add(value);
                }
            }
        }

        return values;
    }

    private void SetMany<T>(string name, IReadOnlyList<T> values)
        where T : class
    {
        Remove(name);
        foreach (var value in values)
        {
            var text = value.ToString() ?? "";
            CheckValue(text);
            _fields.Add(new Field(new SipHeader(name, text), value));
        }
    }

    private List<string>? GetTokens(string name) =>
        Contains(name) ? [.. GetAll(name).SelectMany(value => SipGrammar.SplitList(value))] : null;

    private void SetTokens(string name, IReadOnlyList<string>? tokens) => this[name] = tokens is null ? null : string.Join(", ", tokens);

    private TimeSpan? GetSeconds(string name) =>
        this[name] is { } text ? TimeSpan.FromSeconds(SipNameAddr.ReadSeconds(text)) : null;

    private void SetSeconds(string name, TimeSpan? time) =>
        this[name] = time is { } span ? ((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
}
