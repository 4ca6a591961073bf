using Faxbot.Sip.Calls;
using Faxbot.Sip.Registration;

namespace Faxbot.Lines.Embedded.Trunks;

/// <summary>What the state of a registration means, for people.</summary>
internal static class RegistrationSentences
{
    /// <summary>The state; null where it says nothing new.</summary>
    public static RegistrationStatus? Describe(SipRegistration registration, string registrar) => registration switch
    {
        { State: SipRegistrationState.Registered } => new RegistrationStatus(true, null),
        { State: SipRegistrationState.Waiting or SipRegistrationState.Registering, Failure: { } failure } => new RegistrationStatus(false, Problem(failure, registrar)),
        _ => null,
    };

    /// <summary>The registrar's name has no address.</summary>
    public static RegistrationStatus Unresolved(string host) =>
        new(false, $"The trunk is not registered: the name {host} has no address. Check it and this machine's name service.");

    private static string Problem(SipFailure failure, string registrar) => failure switch
    {
        { Origin: SipFailureOrigin.NoResponse } =>
            $"The trunk is not registered: {registrar} does not answer. Check the trunk's address, port and transport, and the firewalls between.",
        { Origin: SipFailureOrigin.Transport } =>
            $"The trunk is not registered: the connection to {registrar} cannot be made or was lost. Check the trunk's address, port and transport, and the network.",
        { Status: 401 or 407 } => $"The trunk is not registered: {registrar} refused the user or the password ({Answer(failure)}). Check both in the settings.",
        { Status: 403 } =>
            $"The trunk is not registered: {registrar} forbids it ({Answer(failure)}). Check user and password, and whether the account may register from this machine's address.",
        { Status: 404 } => $"The trunk is not registered: {registrar} does not know the user ({Answer(failure)}). Check the user, and the registrar's domain.",
        { Status: 423 } => $"The trunk is not registered: {registrar} wants another lifetime ({Answer(failure)}). Raise registration.expiry.",
        { Status: 200 } => $"The trunk is not registered: {registrar} answered 200 and did not keep our contact. Ask the provider whether the account may register.",
        _ => $"The trunk is not registered: {registrar} answered {Answer(failure)}. It is tried again; if that goes on, ask the provider.",
    };

    private static string Answer(SipFailure failure) => FormattableString.Invariant($"{failure.Status} {failure.Phrase}");
}
