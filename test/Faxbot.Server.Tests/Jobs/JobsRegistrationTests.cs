using Faxbot.Server.Configuration;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Faxbot.Server.Tests.Jobs;

public sealed class JobsRegistrationTests(SqliteUnderTest store) : IClassFixture<SqliteUnderTest>
{
    [Fact]
    public async Task All_that_jobs_are_made_of_can_be_had_and_follows_the_configuration()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(await store.OpenAsync())
            .AddSingleton<IFaxBackends>(new ScriptedBackends())
            .AddSingleton<IFaxPreparer>(new ScriptedPreparer())
            .AddJobs(
                new RetryOptions { Busy = TimeSpan.FromMinutes(1), MaxCallsPerFax = 3 },
                new QuietHoursOptions { From = new TimeOnly(22, 0), Until = new TimeOnly(6, 0), Prefixes = [new NumberPrefix("+49")] },
                new LimitOptions { MaxFaxes = 7 });

        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.Single(provider.GetServices<IHostedService>(), hosted => hosted is Dispatcher);
        Assert.Equal((TimeSpan.FromMinutes(1), 3), (provider.GetRequiredService<RetryPolicy>().BusyPause, provider.GetRequiredService<RetryPolicy>().MostCalls));
        Assert.Equal(new TimeOnly(22, 0), provider.GetRequiredService<QuietHours>().From);
        Assert.Equal(["+49"], provider.GetRequiredService<QuietHours>().Prefixes);
        Assert.Equal(7, provider.GetRequiredService<DispatchOptions>().MostUnderWay);
    }
}
