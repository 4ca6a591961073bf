using Faxbot.Server.Configuration;

namespace Faxbot.Server.Jobs;

/// <summary>What the folder Jobs gives to the gateway. It needs a <see cref="Storage.Database"/>, <see cref="Plugins.IFaxBackends"/> and an <see cref="IFaxPreparer"/>.</summary>
internal static class JobsRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services, RetryOptions retry, QuietHoursOptions quiet, LimitOptions limits) => services
        .AddSingleton(Policy(retry))
        .AddSingleton(Hours(quiet))
        .AddSingleton(new DispatchOptions { MostDrawing = limits.MaxRenders, MostUnderWay = limits.MaxFaxes })
        .AddSingleton<JobSignal>()
        .AddSingleton<JobStore>()
        .AddSingleton<IJobBook>(provider => provider.GetRequiredService<JobStore>())
        .AddSingleton<JobQueue>()
        .AddSingleton<AttemptLedger>()
        .AddSingleton<RouteStore>()
        .AddSingleton<AttemptWatch>()
        .AddSingleton<LeaseRecovery>()
        .AddSingleton<TrunkWakes>()
        .AddSingleton<FaxSubmission>()
        .AddSingleton<FaxDispatch>()
        .AddSingleton<DispatchPump>()
        .AddDispatcher<DispatchPump>();

    /// <summary>Runs a pump with the gateway; there are several.</summary>
    public static IServiceCollection AddDispatcher<TPump>(this IServiceCollection services) where TPump : IPump => services
        .AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<Dispatcher>(provider, provider.GetRequiredService<TPump>()));

    private static RetryPolicy Policy(RetryOptions retry) => new()
    {
        BusyPause = retry.Busy,
        NoAnswerPause = retry.NoAnswer,
        QualityPause = retry.Quality,
        MostCalls = retry.MaxCallsPerFax,
        MostCallsToNumberAnHour = retry.MaxCallsPerNumberAndHour,
        Resume = retry.ResumePartial,
    };

    private static QuietHours Hours(QuietHoursOptions quiet) => quiet is { From: { } from, Until: { } until }
        ? new QuietHours { TimeZone = quiet.TimeZone, From = from, Until = until, Prefixes = [.. quiet.Prefixes.Select(prefix => prefix.Text)] }
        : new QuietHours();
}
