namespace Aixv.Sigstore.Certificates;

/// <summary>One GeneralName of a certificate's subject alternative name.</summary>
/// <param name="Kind">Which form of name.</param>
/// <param name="Value">The text, or empty for <see cref="SubjectNameKind.Other"/>.</param>
public sealed record SubjectAlternativeName(SubjectNameKind Kind, string Value);

/// <summary>The forms of name that Fulcio issues.</summary>
public enum SubjectNameKind
{
    /// <summary>A form that names no Sigstore identity.</summary>
    Other,

    /// <summary>rfc822Name: an e-mail address.</summary>
    Email,

    /// <summary>uniformResourceIdentifier: a workflow, a SPIFFE id, a subject with a domain.</summary>
    Uri,

    /// <summary>otherName of type 1.3.6.1.4.1.57264.1.7: a user name.</summary>
    UserName,
}
