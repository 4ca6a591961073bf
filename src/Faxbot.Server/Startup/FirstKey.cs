using Faxbot.Server.Keys;

namespace Faxbot.Server.Startup;

/// <summary>
/// The key with which everything else is set up. It stands in the data folder before its row does, and each start shows it until it was used: a gateway
/// that is killed before its operator saw the key shows it again.
/// </summary>
internal static class FirstKey
{
    /// <summary>Makes it where there is no key.</summary>
    /// <param name="keys">All keys.</param>
    /// <param name="dataFolder">Where it is kept for the command line.</param>
    /// <param name="listen">Where the gateway is going to listen.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The token to be shown; null when it was used, or another gateway shows it.</returns>
    public static async Task<KeyToken?> MakeAsync(KeyStore keys, string dataFolder, Uri listen, CancellationToken cancel)
    {
        if (await keys.IsAnyAsync(cancel)) return await KeptAsync(keys, dataFolder, cancel);
        var token = KeyToken.Create();
        new LocalAccess(listen, token.Reveal()).Write(dataFolder);
        if (await keys.CreateFirstAsync(token, cancel)) return token;
        // Another gateway on the same rows was faster.
        new LocalAccess(listen, null).Write(dataFolder);
        return null;
    }

    private static async Task<KeyToken?> KeptAsync(KeyStore keys, string dataFolder, CancellationToken cancel) =>
        KeyToken.TryParse(LocalAccess.Read(dataFolder)?.Key, out var token) && await keys.IsUnusedAsync(token.Value, cancel) ? token : null;
}
