using Faxbot.Server.Content;
using Faxbot.Server.Plugins.Settings;

namespace Faxbot.Server.Startup;

/// <summary>Secrets of plugins' settings are sealed under the key ring of contents.</summary>
internal sealed class SettingsSeal(SecretBox box) : ISettingsSeal
{
    public byte[] Seal(ReadOnlySpan<byte> plain) => box.Seal(plain);

    public byte[] Open(ReadOnlySpan<byte> sealedOctets) => box.Open(sealedOctets);
}
