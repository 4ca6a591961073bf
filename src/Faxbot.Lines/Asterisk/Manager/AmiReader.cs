using System.Text;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>What an <see cref="AmiReader"/> found.</summary>
internal enum AmiReadStatus
{
    /// <summary>More octets are needed.</summary>
    NeedMoreData,
    /// <summary>A whole message.</summary>
    Message,
    /// <summary>The stream is not what Asterisk sends, or exceeds the limits: nothing more is read from it.</summary>
    Broken,
}

/// <summary>
/// Makes messages of the octets of a connection, however they are split. The first line is the banner. Lines end with CR LF or LF, a message with
/// an empty line; what is no <c>Name: value</c> is passed over. Octets that are not UTF-8 become U+FFFD. Not thread-safe.
/// </summary>
internal sealed class AmiReader(AmiLimits limits)
{
    private const string BannerStart = "Asterisk Call Manager/";
    private readonly List<byte> _line = [];
    private readonly Queue<AmiMessage> _messages = new();
    private List<KeyValuePair<string, string>> _fields = [];
    private int _octets;
    private bool _broken;

    /// <summary>The banner's version, such as <c>11.0.0</c>; null before it came.</summary>
    public string? Version { get; private set; }

    /// <summary>Takes what came.</summary>
    public void Append(ReadOnlySpan<byte> octets)
    {
        while (!_broken && !octets.IsEmpty)
        {
            var end = octets.IndexOf((byte)'\n');
            var part = end < 0 ? octets : octets[..end];
            if (part.Length > limits.Line - _line.Count)
            {
                _broken = true;
                return;
            }

            _line.AddRange(part);
            if (end < 0) return;
            octets = octets[(end + 1)..];
            EndLine();
        }
    }

    /// <summary>Takes the next message out.</summary>
    public AmiReadStatus TryRead(out AmiMessage? message)
    {
        if (_messages.TryDequeue(out message)) return AmiReadStatus.Message;
        return _broken ? AmiReadStatus.Broken : AmiReadStatus.NeedMoreData;
    }

    private void EndLine()
    {
        if (_line is [.., (byte)'\r']) _line.RemoveAt(_line.Count - 1);
        var line = Encoding.UTF8.GetString(_line.ToArray());
        _octets += _line.Count;
        _line.Clear();
        if (Version is null) ReadBanner(line);
        else if (line.Length == 0) EndMessage();
        else AddField(line);
    }

    private void ReadBanner(string line)
    {
        _octets = 0;
        _broken = !line.StartsWith(BannerStart, StringComparison.Ordinal);
        if (!_broken) Version = line[BannerStart.Length..];
    }

    private void AddField(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0) _fields.Add(new(line[..colon], line[(colon + 1)..].Trim(' ')));
        _broken = _fields.Count > limits.Fields || _octets > limits.Message;
    }

    private void EndMessage()
    {
        _octets = 0;
        if (_fields.Count == 0) return;
        _messages.Enqueue(new AmiMessage(_fields));
        _fields = [];
    }
}
