using System.Collections;
using Faxbot.Server.Configuration;
using Faxbot.Server.Plugins.Processes;
using Faxbot.Server.Startup;

const int WrongUsage = 64, WrongConfiguration = 78;

// Step 1: what is asked for.
if (!GatewayCommandLine.TryParse(args, out var line))
{
    await Console.Error.WriteLineAsync(GatewayCommandLine.Usage);
    return WrongUsage;
}

if (line.Task == GatewayTask.WriteSample)
{
    Console.Write(ConfigurationFile.Sample());
    return 0;
}

if (line.Plugin is { } plugin) return await PluginRun.RunAsync(plugin);

// Step 2: the configuration, with all that is wrong in it. Nowhere else is the environment read.
var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");
var file = line.ConfigFile ?? ConfigurationFile.Find(environment, Environment.CurrentDirectory);
if (file is not null && !File.Exists(file))
{
    await Console.Error.WriteLineAsync($"There is no configuration file {file}: write one (faxbot config sample), or leave it out.");
    return WrongConfiguration;
}

var reading = GatewayOptionsReader.Read(file is null ? null : await File.ReadAllTextAsync(file), environment);
foreach (var problem in reading.Warnings.Concat(reading.Problems)) await Console.Error.WriteLineAsync(problem.ToString());
if (reading.Options is not { } options) return WrongConfiguration;
if (line.Task == GatewayTask.CheckConfiguration)
{
    Console.WriteLine(file is null ? "There is no configuration file; the defaults and the environment are well." : $"{file} is well.");
    return 0;
}

// Step 3: the gateway, until a signal ends it. Whatever it writes, nobody else may read.
OwnerOnly.Apply();
Directory.CreateDirectory(options.DataFolder);
await using var app = GatewayHost.Build(reading);
await GatewayHost.StartAsync(app, options, Console.Out);
await app.WaitForShutdownAsync();
return 0;
