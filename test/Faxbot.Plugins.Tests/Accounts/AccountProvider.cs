using System.Text;
using Faxbot.Sdk.Testing.Providers;

namespace Faxbot.Plugins.Tests.Accounts;

/// <summary>A provider's API as far as an account is asked about: questions that are written letter for letter as they are known.</summary>
internal static class AccountProvider
{
    /// <summary>One that wants a proof of the account with each question.</summary>
    /// <param name="proof">The header field with its value.</param>
    /// <param name="accept">What must be accepted.</param>
    public static FakeProvider With((string Name, string Value) proof, string accept = "application/json") =>
        new() { Rules = new RequestRules { Accept = accept, Headers = new Dictionary<string, string> { [proof.Name] = proof.Value } } };

    /// <summary>What it answers.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="body">The answer.</param>
    /// <param name="status">Its status.</param>
    /// <param name="header">A header field of it.</param>
    public static FakeProvider Answers(this FakeProvider provider, string target, string body, int status = 200, (string Name, string Value)? header = null) =>
        provider.Answer(new ProviderRequest("GET", target), new ProviderAnswer(status, Encoding.UTF8.GetBytes(body), "text/plain")
        {
            Headers = header is { } field ? new Dictionary<string, string> { [field.Name] = field.Value } : new Dictionary<string, string>(),
        });
}
