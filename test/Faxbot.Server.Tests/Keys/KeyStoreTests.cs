using Faxbot.Server.Keys;
using Faxbot.Server.Tests.Storage;

namespace Faxbot.Server.Tests.Keys;

public sealed class KeyStoreTests(SqliteUnderTest store) : KeyStoreContract(store), IClassFixture<SqliteUnderTest>;

public sealed class KeyStoreOnPostgresTests(PostgresUnderTest store) : KeyStoreContract(store), IClassFixture<PostgresUnderTest>
{
    [Fact]
    public async Task What_another_gateway_did_to_a_key_is_seen_within_a_second()
    {
        var (here, there) = (await OpenAsync(), new KeyStore(await Store.OpenAsync(), Time));
        var issued = await there.CreateAsync(new NewApiKey { Name = "a", Scopes = [Scopes.All] }, Cancel);
        Assert.NotNull(await here.AuthenticateAsync(issued.Token.Reveal(), Cancel));

        var renewed = await there.RotateAsync(issued.Key.KeyId, TimeSpan.Zero, Cancel);
        Assert.NotNull(await here.AuthenticateAsync(renewed!.Token.Reveal(), Cancel));
        Assert.Null(await here.AuthenticateAsync(issued.Token.Reveal(), Cancel));

        await there.RevokeAsync(issued.Key.KeyId, Cancel);
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await here.AuthenticateAsync(renewed.Token.Reveal(), Cancel));
    }
}
