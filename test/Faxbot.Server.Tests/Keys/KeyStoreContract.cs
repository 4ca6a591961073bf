using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Keys;

/// <summary>What the key table does, alike on each kind of store.</summary>
public abstract class KeyStoreContract(StoreUnderTest store)
{
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    protected StoreUnderTest Store { get; } = store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_known_by_its_token_and_by_no_other()
    {
        var keys = await OpenAsync();
        var issued = await keys.CreateAsync(new NewApiKey { Name = "ward", Scopes = [Scopes.FaxSend, Scopes.FaxRead] }, Cancel);
        var token = issued.Token.Reveal();

        var caller = await keys.AuthenticateAsync(token, Cancel);

        Assert.Equal(issued.Key.KeyId, caller!.KeyId);
        Assert.True(caller.May(Scopes.FaxSend) && !caller.May(Scopes.KeysManage));
        Assert.Matches("^fbk_live_[0-9a-f]{12}_.{40,}$", token);
        foreach (var wrong in new[] { null, "", "x", token[..^1], token + "A", token.ToUpperInvariant(), (issued.Token with { Id = "0123456789ab" }).Reveal() })
            Assert.Null(await keys.AuthenticateAsync(wrong, Cancel));
    }

    [Fact]
    public async Task The_first_key_is_made_once_even_when_gateways_start_together()
    {
        var first = await OpenAsync();
        var second = new KeyStore(await Store.OpenAsync(), Time);

        KeyToken[] tokens = [KeyToken.Create(), KeyToken.Create(), KeyToken.Create()];
        var made = await Task.WhenAll(first.CreateFirstAsync(tokens[0], Cancel), second.CreateFirstAsync(tokens[1], Cancel), first.CreateFirstAsync(tokens[2], Cancel));

        var token = tokens[Array.IndexOf(made, true)];
        Assert.Equal(1, made.Count(isMade => isMade));
        Assert.True(await second.IsUnusedAsync(token, Cancel));
        Assert.True((await second.AuthenticateAsync(token.Reveal(), Cancel))!.May(Scopes.KeysManage));
        Assert.False(await first.IsUnusedAsync(token, Cancel));
        Assert.False(await first.CreateFirstAsync(KeyToken.Create(), Cancel));
    }

    [Fact]
    public async Task Rotation_leaves_the_old_secret_its_grace_and_no_more()
    {
        var keys = await OpenAsync();
        var old = await keys.CreateAsync(new NewApiKey { Name = "a", Scopes = [Scopes.FaxRead] }, Cancel);

        var renewed = await keys.RotateAsync(old.Key.KeyId, TimeSpan.FromMinutes(5), Cancel);

        Assert.NotNull(await keys.AuthenticateAsync(old.Token.Reveal(), Cancel));
        Assert.NotNull(await keys.AuthenticateAsync(renewed!.Token.Reveal(), Cancel));
        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await keys.AuthenticateAsync(old.Token.Reveal(), Cancel));
        Assert.NotNull(await keys.AuthenticateAsync(renewed.Token.Reveal(), Cancel));

        var again = await keys.RotateAsync(old.Key.KeyId, TimeSpan.Zero, Cancel);
        Assert.Null(await keys.AuthenticateAsync(renewed.Token.Reveal(), Cancel));
        Assert.NotNull(await keys.AuthenticateAsync(again!.Token.Reveal(), Cancel));
    }

    [Fact]
    public async Task Expired_and_revoked_keys_open_nothing()
    {
        var keys = await OpenAsync();
        var expiring = await keys.CreateAsync(new NewApiKey { Name = "a", Scopes = [Scopes.All], ExpiresAt = Time.GetUtcNow().AddHours(1) }, Cancel);
        var revoked = await keys.CreateAsync(new NewApiKey { Name = "b", Scopes = [Scopes.All] }, Cancel);

        Assert.NotNull(await keys.AuthenticateAsync(expiring.Token.Reveal(), Cancel));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await keys.AuthenticateAsync(expiring.Token.Reveal(), Cancel));
        // Shown before, so that it is remembered.
        Assert.NotNull(await keys.AuthenticateAsync(revoked.Token.Reveal(), Cancel));
        Assert.True(await keys.RevokeAsync(revoked.Key.KeyId, Cancel));
        Assert.Null(await keys.AuthenticateAsync(revoked.Token.Reveal(), Cancel));
        Assert.Null(await keys.RotateAsync(revoked.Key.KeyId, TimeSpan.Zero, Cancel));
        Assert.False(await keys.RevokeAsync("000000000000", Cancel));
    }

    [Fact]
    public async Task The_last_use_is_noted_to_the_minute()
    {
        var keys = await OpenAsync();
        var issued = await keys.CreateAsync(new NewApiKey { Name = "a", Scopes = [Scopes.All] }, Cancel);
        async Task<DateTimeOffset?> UseAsync(TimeSpan later)
        {
            Time.Advance(later);
            await keys.AuthenticateAsync(issued.Token.Reveal(), Cancel);
            return (await keys.ListAsync(Cancel)).Single(key => key.KeyId == issued.Key.KeyId).LastUsedAt;
        }

        var first = await UseAsync(TimeSpan.Zero);
        Assert.Equal(Time.GetUtcNow(), first);
        Assert.Equal(first, await UseAsync(TimeSpan.FromSeconds(59)));
        Assert.Equal(first + TimeSpan.FromMinutes(1), await UseAsync(TimeSpan.FromSeconds(1)));
    }

    private protected async Task<KeyStore> OpenAsync()
    {
        var database = await Store.OpenAsync();
        await database.WriteAsync(transaction => Dapper.SqlMapper.ExecuteAsync(transaction.Connection!, "delete from api_keys", transaction: transaction), Cancel);
        return new KeyStore(database, Time);
    }
}
