namespace Faxbot.Server.Keys;

/// <summary>Whose request it is.</summary>
/// <param name="KeyId">The API key.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string KeyId, IReadOnlySet<string> Scopes)
{
    /// <summary>The key to which reading is limited: a key sees its own faxes only, unless its scopes say more. Null sees all.</summary>
    public string? OwnKeyOnly => May(Keys.Scopes.FaxReadAll) || May(Keys.Scopes.KeysManage) ? null : KeyId;

    /// <summary>The same for messages and other items of the outbox. Null sees all.</summary>
    public string? OwnItemsOnly => May(Keys.Scopes.KeysManage) ? null : KeyId;

    /// <summary>Whether it may do that, by this scope or a wider one.</summary>
    public bool May(string scope) => Scopes.Contains(scope) || Scopes.Contains(Keys.Scopes.All) || Keys.Scopes.WiderThan(scope).Any(Scopes.Contains);
}
