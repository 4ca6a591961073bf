namespace Faxbot.Documents;

/// <summary>
/// The line at the top of each page: date and time, sender, recipient and "page n of N". 47 CFR 68.318(d) has it name the day
/// and hour, the sending business and its number, on each page or at least the first.
/// </summary>
/// <param name="Sender">Name of the business or person that sends; shortened where the line is too long.</param>
/// <param name="SenderNumber">Telephone number of the sending line: never shortened up to the 20 characters of a fax identification.</param>
/// <param name="Recipient">Name or number of who receives; left out when empty, shortened like the sender.</param>
/// <param name="Sent">When, in the sender's local time: the offset is printed with it.</param>
public sealed record HeaderLine(string Sender, string SenderNumber, string Recipient, DateTimeOffset Sent);
