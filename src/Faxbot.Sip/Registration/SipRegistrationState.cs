namespace Faxbot.Sip.Registration;

/// <summary>Where a <see cref="SipRegistration"/> stands.</summary>
public enum SipRegistrationState
{
    /// <summary>The first REGISTER, or the next after a failure, has no final response yet.</summary>
    Registering,

    /// <summary>The registrar knows us. Refreshes happen within this state.</summary>
    Registered,

    /// <summary>The last try failed; <see cref="SipRegistration.RetryAt"/> says when the next begins.</summary>
    Waiting,

    /// <summary>The binding is being removed.</summary>
    Unregistering,

    /// <summary>Over. Nothing follows.</summary>
    Ended,
}
