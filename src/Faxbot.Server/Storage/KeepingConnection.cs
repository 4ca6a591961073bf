using System.Data;
using Microsoft.Data.Sqlite;

namespace Faxbot.Server.Storage;

/// <summary>
/// A connection to SQLite that keeps its statements prepared: to parse and plan one takes longer than to run it. For one caller at a time, who
/// reads a result to its end before the next command.
/// </summary>
internal sealed class KeepingConnection(string address) : SqliteConnection(address)
{
    // More than the gateway has; lists of other lengths make further ones.
    private const int MostKept = 256;
    private const char Prefix = '@';
    private readonly Dictionary<string, SqliteCommand> _kept = [];

    public override SqliteCommand CreateCommand() => new KeptCommand(this) { Connection = this, CommandTimeout = DefaultTimeout, Transaction = Transaction };

    public override void Close()
    {
        Forget();
        base.Close();
    }

    private SqliteCommand Kept(string text)
    {
        if (_kept.TryGetValue(text, out var known)) return known;
        if (_kept.Count == MostKept) Forget();
        return _kept[text] = new SqliteCommand(text, this);
    }

    private void Forget()
    {
        foreach (var command in _kept.Values) command.Dispose();
        _kept.Clear();
    }

    /// <summary>What callers fill and run; the one that is kept under its text does it.</summary>
    private sealed class KeptCommand(KeepingConnection connection) : SqliteCommand
    {
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            var kept = connection.Kept(CommandText);
            kept.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
            {
                // Without the prefix each statement would be searched for the name once more for every prefix there is.
                if (!parameter.ParameterName.StartsWith(Prefix)) parameter.ParameterName = Prefix + parameter.ParameterName;
                kept.Parameters.Add(parameter);
            }

            (kept.Transaction, kept.CommandTimeout) = (Transaction, CommandTimeout);
            return kept.ExecuteReader(behavior);
        }
    }
}
