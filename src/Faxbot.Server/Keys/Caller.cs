namespace Faxbot.Server.Keys;

/// <summary>Whose request it is.</summary>
/// <param name="KeyId">The API key.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record Caller(string KeyId, IReadOnlySet<string> Scopes)
{
    /// <summary>The key to which reading is limited: a key sees its own faxes only, unless its scopes say more. Null sees all.</summary>
    public string? OwnKeyOnly => May(Keys.Scopes.FaxReadAll) || May(Keys.Scopes.KeysManage) ? null : KeyId;

    /// <summary>Whether it may do that. Who administers plugins with <c>keys:manage</c> may do so with <c>plugins:manage</c> too, as older keys have only the former.</summary>
    public bool May(string scope) =>
        Scopes.Contains(scope) || Scopes.Contains(Keys.Scopes.All) || (scope == Keys.Scopes.PluginsManage && Scopes.Contains(Keys.Scopes.KeysManage));
}
