namespace Faxbot.Server.Jobs;

/// <summary>What the folder Jobs gives to the gateway. It needs a <see cref="Storage.Database"/>, <see cref="Plugins.IFaxBackends"/> and an <see cref="IFaxPreparer"/>.</summary>
internal static class JobsRegistration
{
    public static IServiceCollection AddJobs(this IServiceCollection services, RetryOptions retries, QuietHours quiet, DispatchOptions dispatch) => services
        .AddSingleton(retries)
        .AddSingleton(quiet)
        .AddSingleton(dispatch)
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
        .AddHostedService<Dispatcher>();
}
