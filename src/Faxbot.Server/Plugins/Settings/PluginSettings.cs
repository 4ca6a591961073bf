using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Faxbot.Sdk;
using Faxbot.Server.Storage;

namespace Faxbot.Server.Plugins.Settings;

/// <summary>The rows of plugins' settings: every revision is kept. Thread-safe.</summary>
internal sealed class PluginSettings(Database database, ISettingsSeal seal)
{
    private const string Latest = "revision = (select max(revision) from plugin_revisions newer where newer.plugin_id = r.plugin_id)";

    /// <summary>The revision in force; null where nothing was ever said.</summary>
    public async Task<PluginRevision?> FindAsync(string pluginId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>($"select * from plugin_revisions r where plugin_id = @pluginId and {Latest}", new { pluginId });
        return row is null ? null : Read(row);
    }

    /// <summary>The revisions in force of all plugins.</summary>
    public async Task<IReadOnlyList<PluginRevision>> AllAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. (await connection.QueryAsync<Row>($"select * from plugin_revisions r where {Latest}")).Select(Read)];
    }

    /// <summary>All revisions of a plugin, the newest first.</summary>
    public async Task<IReadOnlyList<PluginRevision>> HistoryAsync(string pluginId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return [.. (await connection.QueryAsync<Row>("select * from plugin_revisions where plugin_id = @pluginId order by revision desc", new { pluginId })).Select(Read)];
    }

    /// <summary>Adds the revision that follows the one in force.</summary>
    /// <returns>False when another became the one in force meanwhile; then nothing changed.</returns>
    public Task<bool> AddAsync(PluginRevision next, CancellationToken cancel)
    {
        var row = Write(next);
        return database.WriteAsync(transaction => AddAsync(transaction, row), cancel);
    }

    private static async Task<bool> AddAsync(DbTransaction transaction, Row row)
    {
        var latest = await transaction.Connection!.ExecuteScalarAsync<long>(
            "select coalesce(max(revision), 0) from plugin_revisions where plugin_id = @PluginId", row, transaction);
        if (latest != row.Revision - 1) return false;
        var added = await transaction.Connection!.ExecuteAsync(
            """
            insert into plugin_revisions (plugin_id, revision, enabled, settings, secrets, limits, changed_at, changed_by)
            values (@PluginId, @Revision, @Enabled, @Settings, @Secrets, @Limits, @ChangedAt, @ChangedBy) on conflict do nothing
            """,
            row,
            transaction);
        return added == 1;
    }

    private Row Write(PluginRevision revision) => new()
    {
        PluginId = revision.PluginId,
        Revision = revision.Revision,
        Enabled = revision.Enabled ? 1 : 0,
        Settings = revision.Masked.ToJsonString(),
        Secrets = revision.Secrets.Count == 0 ? [] : seal.Seal(JsonSerializer.SerializeToUtf8Bytes(revision.Secrets)),
        Limits = JsonSerializer.Serialize(revision.Limits, SdkJson.Options),
        ChangedAt = revision.ChangedAt.ToUnixTimeMilliseconds(),
        ChangedBy = revision.ChangedBy,
    };

    private PluginRevision Read(Row row) => new()
    {
        PluginId = row.PluginId,
        Revision = row.Revision,
        Enabled = row.Enabled != 0,
        Masked = JsonNode.Parse(row.Settings)!.AsObject(),
        Secrets = row.Secrets.Length == 0 ? new() : JsonSerializer.Deserialize<Dictionary<string, string>>(seal.Open(row.Secrets))!,
        Limits = JsonSerializer.Deserialize<BackendLimits>(row.Limits, SdkJson.Options)!,
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAt),
        ChangedBy = row.ChangedBy,
    };

    private sealed class Row
    {
        public string PluginId { get; set; } = "";
        public long Revision { get; set; }
        public long Enabled { get; set; }
        public string Settings { get; set; } = "";
        public byte[] Secrets { get; set; } = [];
        public string Limits { get; set; } = "";
        public long ChangedAt { get; set; }
        public string? ChangedBy { get; set; }
    }
}
