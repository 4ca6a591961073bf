namespace Faxbot.Server.Plugins.Settings;

/// <summary>Keeps the secrets of settings from those who read the database: authenticated encryption under the gateway's keys.</summary>
internal interface ISettingsSeal
{
    byte[] Seal(ReadOnlySpan<byte> plain);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was not sealed under one of the keys, or was changed.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedOctets);
}
