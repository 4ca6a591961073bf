namespace Faxbot.Fax.T38;

/// <summary>The forms that data fields have in the field.</summary>
[Flags]
internal enum IfpSyntax : byte
{
    /// <summary>T.38 (1998), version 0: <c>field-type</c> without an extension marker.</summary>
    Original = 0,

    /// <summary>Corrigendum 1 and versions 1 to 3: <c>field-type</c> with an extension marker.</summary>
    Corrected = 1,

    /// <summary>Not T.38: each field begins on an octet boundary. libspandsp reads versions 1 to 3 so.</summary>
    AlignedFields = 2,
}
