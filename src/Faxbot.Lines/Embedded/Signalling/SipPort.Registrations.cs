using Faxbot.Sip.InstantMessages;
using Faxbot.Sip.Registration;
using Faxbot.Sip.Transports;

namespace Faxbot.Lines.Embedded.Signalling;

/// <summary>What the port does for trunks outside their calls.</summary>
internal sealed partial class SipPort
{
    /// <summary>Whom calls get no answer from; asked under the port's lock.</summary>
    public Func<SipHop, bool> Ignores
    {
        set => Do(_ => _agent.Ignores = value);
    }

    /// <summary>Sends an instant message and waits for the final response, or for SIP's own timer to run out.</summary>
    /// <exception cref="OperationCanceledException">The port was closed before.</exception>
    public Task<InstantMessageResult> SendMessageAsync(InstantMessage message)
    {
        var done = new TaskCompletionSource<InstantMessageResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isClosed) return Task.FromCanceled<InstantMessageResult>(new CancellationToken(canceled: true));
            _messages.Add(message, done);
            _agent.SendMessage(message, Now);
            Drain();
        }

        return done.Task;
    }

    /// <summary>Begins to keep a binding at a registrar.</summary>
    /// <param name="request">The binding.</param>
    /// <param name="changed">Told of each change, under the port's lock: it must not wait.</param>
    public SipRegistration Register(RegistrationRequest request, Action<SipRegistration> changed)
    {
        lock (_gate)
        {
            var registration = _agent.Register(request, Now);
            registration.Owner = () => changed(registration);
            Drain();
            return registration;
        }
    }
}
