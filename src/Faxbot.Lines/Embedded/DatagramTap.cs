using System.Net;

namespace Faxbot.Lines.Embedded;

/// <summary>Is shown a datagram as it leaves, from whatever thread sends it; it must not wait, and may keep no part of <paramref name="datagram"/>.</summary>
internal delegate void DatagramTap(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> datagram);
