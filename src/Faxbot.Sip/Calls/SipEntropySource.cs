namespace Faxbot.Sip.Calls;

/// <summary>
/// Fills the span with octets that nobody can guess: tags, branches, Call-IDs and the back-off of RFC 3261 14.1 are made of them. In production
/// <c>RandomNumberGenerator.Fill</c>; in a test a seeded generator, which makes the whole user agent repeatable.
/// </summary>
public delegate void SipEntropySource(Span<byte> destination);
