using System.Text;

namespace Faxbot.Testing.Processes;

/// <summary>What a program printed so far, up to a limit; lines can be waited for. Safe for concurrent use.</summary>
internal sealed class CapturedText(int limit)
{
    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _complete;

    public async Task ReadAllAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        try
        {
            for (int count; (count = await reader.ReadAsync(buffer)) > 0;) Add(buffer.AsSpan(0, count), complete: false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process was disposed of while a grandchild held the pipe.
        }

        Add([], complete: true);
    }

    /// <summary>The first line that satisfies <paramref name="test"/>; null when the text ended without one.</summary>
    public async Task<string?> FindLineAsync(Func<string, bool> test, CancellationToken cancel)
    {
        for (var start = 0; ;)
        {
            Task more;
            string text;
            bool complete;
            lock (_gate) (text, more, complete) = (_text.ToString(start, _text.Length - start), _more.Task, _complete);
            for (int end; (end = text.IndexOf('\n', StringComparison.Ordinal)) >= 0 || (complete && text.Length > 0);)
            {
                var length = end >= 0 ? end : text.Length;
                var line = text[..length].TrimEnd('\r');
                if (test(line)) return line;
                var taken = Math.Min(length + 1, text.Length);
                (text, start) = (text[taken..], start + taken);
            }

            if (complete) return null;
            await more.WaitAsync(cancel);
        }
    }

    public override string ToString()
    {
        lock (_gate) return _text.ToString();
    }

    private void Add(ReadOnlySpan<char> text, bool complete)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            _text.Append(text[..Math.Min(text.Length, limit - _text.Length)]);
            _complete = complete;
            (before, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }
}
