using System.Collections.Concurrent;
using Faxbot.Cli.Output;
using Faxbot.Lines;

namespace Faxbot.Cli.Calls;

/// <summary>The calls that <c>receive</c> has answered, each shown and finished by itself.</summary>
internal sealed class RunningCalls(ICallView view)
{
    private readonly ConcurrentBag<Task> _finishing = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes a call; refuses it (503) while the folder cannot be written.</summary>
    public IncomingDecision Accept(string folder)
    {
        try
        {
            var fax = ReceiveFolder.Begin(folder);
            return new IncomingDecision.Accept(fax.Pages, call => _finishing.Add(FollowAsync(call, fax)));
        }
        catch (BadInputException refused)
        {
            view.Note($"a call was refused: {refused.Message}");
            return new IncomingDecision.Reject(503);
        }
    }

    /// <summary>Waits until the first call is over, or for ever.</summary>
    public async Task WaitAsync(bool once, CancellationToken cancel)
    {
        try
        {
            await (once ? _first.Task : Task.Delay(Timeout.Infinite, cancel)).WaitAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Ctrl-C is how this command ends.
        }
    }

    /// <summary>Waits until every call has been finished.</summary>
    public Task FinishAsync() => Task.WhenAll(_finishing);

    private async Task FollowAsync(FaxCall call, ReceivedFax fax)
    {
        try
        {
            view.Note("a call comes in");
            await view.FollowAsync(call, null, null);
            var outcome = await call.Completion;
            fax.Pages.Dispose();
            view.Finish(outcome, sending: false, fax.Finish(TimeProvider.System.GetLocalNow()));
        }
        finally
        {
            _first.TrySetResult();
        }
    }
}
