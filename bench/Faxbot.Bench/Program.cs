using System.Reflection;
using Faxbot.Bench;
using Faxbot.Bench.Gateway;

if (args is [BareIntake.Command, var folder, ..])
{
    await BareIntake.RunAsync(folder, args.ElementAtOrDefault(2));
    return 0;
}

// Every suite in this assembly, or those named on the command line. Exit 0: all goals met; 1: some missed; 2: unknown name.
var suites = Assembly.GetExecutingAssembly().GetTypes()
    .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IBenchSuite)))
    .Select(t => (IBenchSuite)Activator.CreateInstance(t)!)
    .OrderBy(s => s.Name, StringComparer.Ordinal)
    .ToDictionary(s => s.Name);
if (args.FirstOrDefault(a => !suites.ContainsKey(a)) is { } unknown)
{
    Console.Error.WriteLine($"bench: there is no suite '{unknown}'; known are {string.Join(", ", suites.Keys)}.");
    return 2;
}

var report = new BenchReport(Console.Out);
foreach (var name in args.Length > 0 ? args : [.. suites.Keys])
{
    Console.WriteLine($"== {name}");
    await suites[name].RunAsync(report);
}

foreach (var missed in report.Missed) Console.WriteLine($"missed: {missed}");
return report.Missed.Count == 0 ? 0 : 1;
