using System.Diagnostics.CodeAnalysis;
using Faxbot.Server.Storage;
using Npgsql;

namespace Faxbot.Server.Configuration;

/// <summary>A database as one text: the path of a SQLite file, a <c>postgresql://</c> address, or Npgsql's <c>Host=...;Database=...</c>.</summary>
internal static class DatabaseAddress
{
    private static readonly string[] Schemes = ["postgresql", "postgres"];

    public static bool TryParse(string text, [NotNullWhen(true)] out DatabaseOptions? options)
    {
        options = null;
        if (text.Length == 0) return false;
        if (text.Contains("://", StringComparison.Ordinal)) return TryParseAddress(text, out options);
        if (!text.Contains("Host=", StringComparison.OrdinalIgnoreCase))
        {
            options = new DatabaseOptions { Sqlite = text };
            return true;
        }

        try
        {
            options = new DatabaseOptions { PostgreSql = new NpgsqlConnectionStringBuilder(text).ToString() };
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Where it is, without user and password.</summary>
    public static string Show(DatabaseOptions options)
    {
        if (options.Sqlite is { } path) return path;
        var server = new NpgsqlConnectionStringBuilder(options.PostgreSql);
        return $"postgresql://{server.Host}:{server.Port}/{server.Database}";
    }

    private static bool TryParseAddress(string text, [NotNullWhen(true)] out DatabaseOptions? options)
    {
        options = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !Schemes.Contains(address.Scheme) || address.Query.Length > 0) return false;
        var (user, password) = address.UserInfo.Split(':', 2) is [var name, var secret] ? (name, secret) : (address.UserInfo, "");
        var database = address.AbsolutePath.TrimStart('/');
        if (address.Host.Length == 0 || database.Length == 0) return false;
        var server = new NpgsqlConnectionStringBuilder { Host = address.Host, Database = Uri.UnescapeDataString(database) };
        if (address.Port > 0) server.Port = address.Port;
        if (user.Length > 0) server.Username = Uri.UnescapeDataString(user);
        if (password.Length > 0) server.Password = Uri.UnescapeDataString(password);
        options = new DatabaseOptions { PostgreSql = server.ToString() };
        return true;
    }
}
