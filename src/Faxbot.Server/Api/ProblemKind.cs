namespace Faxbot.Server.Api;

/// <summary>What may be wrong with a request, as clients can tell it apart: each is one <c>type</c> of problem document and never changes its meaning.</summary>
internal enum ProblemKind
{
    /// <summary>The request cannot be read, or fields are missing or wrong.</summary>
    Invalid,
    /// <summary>There is no valid key.</summary>
    Unauthenticated,
    /// <summary>The key lacks a scope.</summary>
    ScopeMissing,
    /// <summary>The token for a document is wrong or has expired.</summary>
    TokenInvalid,
    /// <summary>There is no such thing, or the key may not know of it.</summary>
    NotFound,
    /// <summary>The address does not know the method.</summary>
    MethodNotAllowed,
    /// <summary>The request came too slowly.</summary>
    TooSlow,
    /// <summary>What is asked for cannot be done in the state that the thing is in.</summary>
    Conflict,
    /// <summary>The idempotency key was used for another request.</summary>
    IdempotencyConflict,
    /// <summary>The settings were changed by somebody else meanwhile.</summary>
    RevisionConflict,
    /// <summary>The document or the request is too large.</summary>
    TooLarge,
    /// <summary>The document is of a kind that cannot be faxed, or the body is not what is expected.</summary>
    UnsupportedType,
    /// <summary>The package of a plugin cannot be taken as it is.</summary>
    PackageRefused,
    /// <summary>Too many requests.</summary>
    TooManyRequests,
    /// <summary>Our own fault.</summary>
    Internal,
    /// <summary>A plugin did not do what it was asked.</summary>
    PluginFailed,
    /// <summary>Something that is needed cannot be reached now.</summary>
    Unavailable,
    /// <summary>There is no room to store it.</summary>
    StorageFull,
}
