namespace Faxbot.Bench;

/// <summary>One group of measurements, run by its name: <c>./faxbot bench NAME</c>.</summary>
internal interface IBenchSuite
{
    /// <summary>The word on the command line.</summary>
    string Name { get; }

    /// <summary>Measures ours and the peer in turn on the same inputs and reports ratios.</summary>
    Task RunAsync(BenchReport report);
}
