using System.Text;
using Faxbot.Lines.Asterisk.Manager;
using Faxbot.Testing;

namespace Faxbot.Fuzz.Targets;

/// <summary>
/// What a manager interface sends: the messages must be the same in one piece and in pieces of a length that the first octet says, and each value that
/// can be sent comes back from a line of its own.
/// </summary>
internal sealed class AmiTarget : IFuzzTarget
{
    private readonly AmiLimits _limits = new() { Line = 512, Fields = 40, Message = 2_048 };

    public string Name => "ami";

    public IEnumerable<byte[]> Seeds =>
        Directory.GetFiles(RepositoryRoot.Of("test", "lab", "asterisk-lab", "ami-transcripts"), "*x.txt").Order()
            .Select((path, index) => (byte[])[(byte)(index * 6 + 1), .. File.ReadAllBytes(path).AsSpan(0, 2_000)]);

    public IEnumerable<byte[]> Tokens => new[] { "\r\n", "\n", "\r\n\r\n", ": ", "Event: ", "Response: Success", "ActionID: 1", "EventList: Complete", "Asterisk Call Manager/", "\0" }.Select(Encoding.UTF8.GetBytes);

    public void Run(ReadOnlySpan<byte> input)
    {
        if (input.Length == 0) return;
        var (whole, parts) = (Read(input[1..], input.Length), Read(input[1..], Math.Max(1, (int)input[0])));
        if (!whole.Select(message => message.ToString()).SequenceEqual(parts.Select(message => message.ToString()))) throw new InvalidOperationException($"{whole.Count} messages in one piece, {parts.Count} in pieces.");
        foreach (var (name, value) in whole.SelectMany(message => message.Fields)) Echo(name, value);
    }

    // No value begins a field of its own.
    private void Echo(string name, string value)
    {
        if (!AmiAction.CanSend(name, value)) return;
        var back = Read([.. "Asterisk Call Manager/1\r\n"u8, .. new AmiAction("Ping").With(name, value).Write("1")], int.MaxValue);
        if (back.Count == 1 && back[0].Fields.Count != 3) throw new InvalidOperationException($"{back[0].Fields.Count} fields instead of 3.");
    }

    private List<AmiMessage> Read(ReadOnlySpan<byte> input, int piece)
    {
        var reader = new AmiReader(_limits);
        List<AmiMessage> messages = [];
        while (!input.IsEmpty)
        {
            var next = Math.Min(piece, input.Length);
            reader.Append(input[..next]);
            input = input[next..];
            while (reader.TryRead(out var message) == AmiReadStatus.Message) messages.Add(message!);
        }

        return messages;
    }
}
