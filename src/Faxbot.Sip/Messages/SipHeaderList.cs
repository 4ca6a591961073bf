using System.Collections;
using System.Runtime.InteropServices;

namespace Faxbot.Sip.Messages;

/// <summary>
/// The header fields of a message in their order. Unknown ones are kept verbatim. Values of Via, Contact, Route and Record-Route (and their
/// kin)
/// stand one per field, also where they came as a comma list. Names compare without case and compact forms are written out.
/// Content-Length is not among them: it is <see cref="SipMessage.Body"/>'s. Not thread-safe.
/// </summary>
public sealed partial class SipHeaderList : IReadOnlyList<SipHeader>
{
    private readonly List<Field> _fields = [];

    public int Count => _fields.Count;

    public SipHeader this[int index] => _fields[index].Header;

    /// <summary>
    /// The value of the first field of that name, or null. Set: the first is replaced in its place and the others go; null removes all.
    /// </summary>
    public string? this[string name]
    {
        get => Find(SipHeaderNames.Canonical(name)) is var i and >= 0 ? _fields[i].Header.Value : null;
        set => Set(name, value, null);
    }

    public bool Contains(string name) => Find(SipHeaderNames.Canonical(name)) >= 0;

    /// <summary>All values of that name, in order.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        var canonical = SipHeaderNames.Canonical(name);
        var values = new List<string>();
        foreach (var field in _fields)
        {
            if (Same(field.Header.Name, canonical))
            {
                values.Add(field.Header.Value);
            }
        }

        return values;
    }

    /// <summary>Adds a field at the end; a comma list of Via, Contact or routes becomes several fields.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value holds a line end.</exception>
    public void Add(string name, string value)
    {
        var canonical = CheckName(name);
        CheckValue(value);
        if (!IsAddressList(canonical) || !value.Contains(',', StringComparison.Ordinal))
        {
            _fields.Add(new Field(new SipHeader(canonical, SipGrammar.Trim(value).ToString())));
            return;
        }

        foreach (var element in SipGrammar.SplitList(value))
        {
            _fields.Add(new Field(new SipHeader(canonical, element)));
        }
    }

    /// <summary>Adds a field as the parser read it: name and value are known to be clean.</summary>
    internal SipParseError AddFromWire(string canonical, string value, SipLimits limits)
    {
        if (!IsAddressList(canonical) || !value.Contains(',', StringComparison.Ordinal))
        {
            _fields.Add(new Field(new SipHeader(canonical, value)));
            return SipParseError.None;
        }

        ReadOnlySpan<char> rest = value;
        var count = 0;
        while (!rest.IsEmpty)
        {
            var element = SipGrammar.CutListElement(ref rest);
            if (++count > limits.MaxListEntries)
            {
                return SipParseError.TooManyListEntries;
            }

            if (_fields.Count >= limits.MaxHeaderCount)
            {
                return SipParseError.TooManyHeaders;
            }

            _fields.Add(new Field(new SipHeader(canonical, element.ToString())));
        }

        return SipParseError.None;
    }

    /// <summary>Adds a field before the first one of its name, or before all others.</summary>
    /// <exception cref="ArgumentException">The name is no token, or the value holds a line end.</exception>
    public void Prepend(string name, string value) => Prepend(name, value, null);

    /// <summary>Removes all fields of that name.</summary>
    public bool Remove(string name)
    {
        var canonical = SipHeaderNames.Canonical(name);
        return _fields.RemoveAll(field => Same(field.Header.Name, canonical)) > 0;
    }

    /// <summary>Removes the first field of that name.</summary>
    public bool RemoveFirst(string name)
    {
        var index = Find(SipHeaderNames.Canonical(name));
        if (index >= 0)
        {
            _fields.RemoveAt(index);
        }

        return index >= 0;
    }

    /// <summary>Adds all fields of that name from another list, in their order.</summary>
    public void CopyFrom(SipHeaderList source, string name)
    {
        var canonical = SipHeaderNames.Canonical(name);
        foreach (var field in source._fields)
        {
            if (Same(field.Header.Name, canonical))
            {
                _fields.Add(field);
            }
        }
    }

    /// <summary>As <see cref="CopyFrom"/>, but only the first field.</summary>
    public void CopyFirstFrom(SipHeaderList source, string name)
    {
        if (source.Find(SipHeaderNames.Canonical(name)) is var i and >= 0)
        {
            _fields.Add(source._fields[i]);
        }
    }

    public SipHeaderList Clone()
    {
        var copy = new SipHeaderList();
        copy._fields.AddRange(_fields);
        return copy;
    }

    public IEnumerator<SipHeader> GetEnumerator()
    {
        foreach (var field in _fields)
        {
            yield return field.Header;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static bool IsAddressList(string canonicalName) => canonicalName is SipHeaderNames.Via or SipHeaderNames.Contact
        or SipHeaderNames.Route or SipHeaderNames.RecordRoute or SipHeaderNames.PAssertedIdentity or SipHeaderNames.Path
        or SipHeaderNames.ServiceRoute;

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string CheckName(string name) =>
        SipGrammar.IsToken(name) ? SipHeaderNames.Canonical(name) : throw new ArgumentException("A header name is a token.", nameof(name));

    // A line end in a value would let one who chose the value write header fields of his own.
    private static void CheckValue(string value)
    {
        if (value.AsSpan().ContainsAny(SipGrammar.LineEnds))
        {
            throw new ArgumentException("A header value cannot hold a line end.", nameof(value));
        }
    }

    private void Prepend(string name, string value, object? typed)
    {
        var canonical = CheckName(name);
        CheckValue(value);
        _fields.Insert(Math.Max(0, Find(canonical)), new Field(new SipHeader(canonical, value), typed));
    }

    private void Set(string name, string? value, object? typed)
    {
        if (value is null)
        {
            Remove(name);
            return;
        }

        var canonical = CheckName(name);
        CheckValue(value);
        var field = new Field(new SipHeader(canonical, SipGrammar.Trim(value).ToString()), typed);
        var index = Find(canonical);
        if (index < 0)
        {
            _fields.Add(field);
            return;
        }

        _fields[index] = field;
        for (var i = _fields.Count - 1; i > index; i--)
        {
            if (Same(_fields[i].Header.Name, canonical))
            {
                _fields.RemoveAt(i);
            }
        }
    }

    private int Find(string canonicalName)
    {
        var fields = CollectionsMarshal.AsSpan(_fields);
        for (var i = 0; i < fields.Length; i++)
        {
            if (Same(fields[i].Header.Name, canonicalName))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A field and, once somebody asked for it, its typed value.</summary>
    private record struct Field(SipHeader Header, object? Typed = null);
}
