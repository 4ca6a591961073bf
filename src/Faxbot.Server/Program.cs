using Faxbot.Server.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new Database(new DatabaseOptions { Sqlite = Path.Combine(Path.GetTempPath(), "faxbot.db") }));

var app = builder.Build();
await app.Services.GetRequiredService<Database>().MigrateAsync(app.Lifetime.ApplicationStopping);
await app.RunAsync();
