using Faxbot.Fuzz;

// `soak` from the launcher: exit 0 nothing found, 1 something found (stops at the first finding of a target), 2 wrong words.
var words = args.SkipWhile(word => word == "soak").ToArray();
if (words is ["--list"])
{
    foreach (var name in FuzzTargets.All.Keys) Console.WriteLine(name);
    return 0;
}

if (FuzzOptions.TryParse(words) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

if (options.Targets.FirstOrDefault(name => !FuzzTargets.All.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"soak: there is no target '{unknown}'; known are {string.Join(", ", FuzzTargets.All.Keys)}.");
    return 2;
}

var found = 0;
foreach (var name in options.Targets.Count > 0 ? options.Targets : [.. FuzzTargets.All.Keys])
{
    var create = FuzzTargets.All[name];
    var finding = options.Input is { } input ? FuzzWorker.TryInput(create(), input) : new FuzzSession(options, Console.Out).Run(create);
    if (finding is null) continue;
    Console.WriteLine(finding);
    found++;
}

Console.WriteLine(found == 0 ? $"nothing found (seed {options.Seed})" : $"{found} targets with findings (seed {options.Seed})");
return found == 0 ? 0 : 1;
