using System.Security.Cryptography;
using System.Text;

namespace Faxbot.Lines.Asterisk.Manager;

/// <summary>
/// The login to a manager interface: 1. ask for a challenge; 2. answer it with its MD5 and the secret's, so that the secret stays here. Events are those
/// of calls, of the dialplan and of Asterisk's start.
/// </summary>
internal static class AmiLogin
{
    private const string Events = "call,user,system";

    /// <summary>Logs in; null when Asterisk accepts, else a sentence with what to check.</summary>
    public static async Task<string?> RunAsync(AsteriskServer server, Func<AmiAction, Task<AmiResult>> ask)
    {
        var challenge = await ask(new AmiAction("Challenge").With("AuthType", "MD5"));
        if (!challenge.IsSuccess || challenge.Response?["Challenge"] is not { Length: > 0 } words) return Problem(server, challenge);
        var key = CryptographicOperations.HashData(HashAlgorithmName.MD5, Encoding.UTF8.GetBytes(words + server.Secret));
        var login = await ask(new AmiAction("Login")
            .With("AuthType", "MD5").With("Username", server.User).With("Key", Convert.ToHexStringLower(key)).With("Events", Events));
        return login.IsSuccess ? null : Problem(server, login);
    }

    private static string Problem(AsteriskServer server, AmiResult result) => result.Outcome == AmiOutcome.Refused
        ? $"Asterisk {server.Name} refused the manager user {server.User}: check the user, its secret and its permitted addresses in manager.conf."
        : $"Asterisk {server.Name} closed the connection during the login: check its manager.conf and what it logged.";
}
