using System.Collections.Concurrent;

namespace Faxbot.Lines.Tests.Embedded.Messages;

/// <summary>Keeps what comes in; a test may hold its storage up, or have it refuse.</summary>
internal sealed class CollectedTexts : IMessageRecipient
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DeliveryNotice> _notice = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<IncomingText> Texts { get; } = [];

    /// <summary>Done when the first has come.</summary>
    public Task First => _first.Task;

    /// <summary>The first notice.</summary>
    public Task<DeliveryNotice> Notice => _notice.Task;

    /// <summary>What storing waits for.</summary>
    public Task Storage { get; init; } = Task.CompletedTask;

    public bool Keeps { get; init; } = true;

    public async Task<bool> ReceiveAsync(IncomingText text, CancellationToken cancel)
    {
        Texts.Enqueue(text);
        _first.TrySetResult();
        await Storage.WaitAsync(cancel);
        return Keeps;
    }

    public Task<bool> ReportAsync(DeliveryNotice notice, CancellationToken cancel)
    {
        _notice.TrySetResult(notice);
        return Task.FromResult(Keeps);
    }
}
