namespace Faxbot.Sip.Messages;

/// <summary>A request method: a case-sensitive token (RFC 3261 7.1). Immutable; compares by name.</summary>
public sealed record SipMethod
{
    public static SipMethod Invite { get; } = new("INVITE", 0);
    public static SipMethod Ack { get; } = new("ACK", 0);
    public static SipMethod Bye { get; } = new("BYE", 0);
    public static SipMethod Cancel { get; } = new("CANCEL", 0);
    public static SipMethod Options { get; } = new("OPTIONS", 0);
    public static SipMethod Register { get; } = new("REGISTER", 0);
    public static SipMethod Message { get; } = new("MESSAGE", 0);
    public static SipMethod Info { get; } = new("INFO", 0);
    public static SipMethod Update { get; } = new("UPDATE", 0);
    public static SipMethod Prack { get; } = new("PRACK", 0);
    public static SipMethod Subscribe { get; } = new("SUBSCRIBE", 0);
    public static SipMethod Notify { get; } = new("NOTIFY", 0);
    public static SipMethod Refer { get; } = new("REFER", 0);
    public static SipMethod Publish { get; } = new("PUBLISH", 0);

    private static readonly SipMethod[] Known =
        [Invite, Ack, Bye, Cancel, Options, Register, Message, Info, Update, Prack, Subscribe, Notify, Refer, Publish];

    private SipMethod(string name, int _) => Name = name;

    /// <summary>A method by its name.</summary>
    /// <exception cref="ArgumentException">The name is not a token.</exception>
    public SipMethod(string name)
    {
        if (!SipGrammar.IsToken(name))
        {
            throw new ArgumentException("A method is a token.", nameof(name));
        }

        Name = name;
    }

    /// <summary>The name as it stands on the request line.</summary>
    public string Name { get; }

    /// <summary>Reads a method; the known ones come back as the static instances, without allocation.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SipMethod method)
    {
        foreach (var known in Known)
        {
            if (text.SequenceEqual(known.Name))
            {
                method = known;
                return true;
            }
        }

        var valid = SipGrammar.IsToken(text);
        method = valid ? new SipMethod(text.ToString(), 0) : Options;
        return valid;
    }

    public override string ToString() => Name;
}
