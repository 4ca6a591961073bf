using System.Collections.Concurrent;
using Faxbot.Sdk.Faxes;
using Faxbot.Sdk.Numbers;
using Faxbot.Sdk.Outcomes;
using Faxbot.Server.Jobs;
using Faxbot.Server.Plugins;
using Faxbot.Server.Tests.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Faxbot.Server.Tests.Jobs;

public sealed class JobLogTests(SqliteUnderTest store) : IClassFixture<SqliteUnderTest>
{
    [Fact]
    public async Task Each_move_of_a_fax_is_one_line_of_the_log_without_personal_data()
    {
        var database = await store.OpenEmptyAsync();
        var time = new FakeTimeProvider();
        using var log = new CapturedLog();
        var backend = new ScriptedBackend("a");
        using var gateway = new GatewayUnderTest(database, time, new ScriptedBackends(backend), loggers: log);
        var busy = Outcomes.Of(OutcomeClass.Busy) with { FarIdentity = "Dr. Who 15550177" };
        backend.OnSend = fax => backend.Sent.Count switch
        {
            1 => throw new FaxRejectedException(busy),
            2 => throw new PluginFailureException("It does not run.", wasCalled: false),
            3 => throw new PluginFailureException("It did not answer.", wasCalled: true),
            _ => Task.FromResult(new SendResult("x", "a")),
        };
        var fax = new NewFax { KeyId = "k", To = new PhoneNumber("+15550100"), From = new PhoneNumber("+15550155"), Document = "d", MediaType = "application/pdf" };
        var job = (await gateway.Jobs.AcceptAsync(fax, TestContext.Current.CancellationToken)).Job;
        for (var i = 0; i < 8; i++)
        {
            await gateway.RunAsync();
            time.Advance(TimeSpan.FromMinutes(3));
        }

        var moves = (await gateway.Jobs.EventsAsync(0, job.Id, null, 100, TestContext.Current.CancellationToken)).Select(one => one.Type["fax.".Length..]).ToArray();
        Assert.Equal(moves, log.Lines.Where(line => line.Id == 1000).Select(line => line.Text.Split(' ')[3]));
        Assert.Equal("success", moves[^1]);
        Assert.All(log.Lines, line => Assert.InRange(line.Id, 1000, 1099));
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("5550", StringComparison.Ordinal));
    }

    private sealed class CapturedLog : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<(int Id, string Text)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((eventId.Id, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
