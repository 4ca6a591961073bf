using System.Text;

namespace Faxbot.Sip.Messages;

/// <summary>A cursor over one header value. Each read succeeds or leaves the cursor untouched.</summary>
internal ref struct SipValueReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<char> Rest => _rest;

    public readonly char Peek => _rest.IsEmpty ? '\0' : _rest[0];

    public void SkipWhitespace() => _rest = _rest.TrimStart(" \t");

    public void Skip(int count) => _rest = _rest[count..];

    public bool TryReadChar(char c)
    {
        if (Peek != c || _rest.IsEmpty)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public bool TryReadToken(out ReadOnlySpan<char> token) => TryReadRun(SipGrammar.TokenChars, out token);

    public bool TryReadRun(System.Buffers.SearchValues<char> allowed, out ReadOnlySpan<char> run)
    {
        var length = _rest.IndexOfAnyExcept(allowed);
        length = length < 0 ? _rest.Length : length;
        run = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }

    /// <summary>quoted-string, with its quoted pairs resolved.</summary>
    public bool TryReadQuoted(out string value)
    {
        value = "";
        if (Peek != '"')
        {
            return false;
        }

        var inner = _rest[1..];
        var plainEnd = inner.IndexOfAny('"', '\\');
        if (plainEnd < 0)
        {
            return false;
        }

        if (inner[plainEnd] == '"')
        {
            value = inner[..plainEnd].ToString();
            _rest = inner[(plainEnd + 1)..];
            return true;
        }

        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            var c = inner[i];
            if (c == '"')
            {
                value = text.ToString();
                _rest = inner[(i + 1)..];
                return true;
            }

            if (c == '\\' && ++i < inner.Length)
            {
                c = inner[i];
            }

            text.Append(c);
        }

        return false;
    }

    /// <summary>*( SEMI generic-param ) up to the end of the value.</summary>
    public bool TryReadParameters(out SipParameters parameters)
    {
        var list = new List<SipParameter>();
        parameters = SipParameters.Empty;
        SkipWhitespace();
        while (TryReadChar(';'))
        {
            SkipWhitespace();
            if (AtEnd)
            {
                // Some devices end their values with a semicolon.
                break;
            }

            if (!TryReadParameter(out var parameter))
            {
                return false;
            }

            list.Add(parameter);
            SkipWhitespace();
        }

        parameters = list.Count == 0 ? SipParameters.Empty : new SipParameters(list);
        return AtEnd;
    }

    private bool TryReadParameter(out SipParameter parameter)
    {
        parameter = default;
        if (!TryReadToken(out var name))
        {
            return false;
        }

        SkipWhitespace();
        if (!TryReadChar('='))
        {
            parameter = new SipParameter(name.ToString(), null);
            return true;
        }

        SkipWhitespace();
        if (Peek == '"')
        {
            if (!TryReadQuoted(out var quoted))
            {
                return false;
            }

            parameter = new SipParameter(name.ToString(), quoted, IsQuoted: true);
            return true;
        }

        // An empty value is outside the grammar, but says no less than none.
        var found = TryReadRun(SipGrammar.BareValueChars, out var value);
        parameter = new SipParameter(name.ToString(), value.ToString(), IsQuoted: !found);
        return found || AtEnd || Peek is ';' or ' ' or '\t';
    }
}
