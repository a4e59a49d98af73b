using Aixv.Protocol.Admission;

namespace Aixv.Export.Dossiers;

/// <summary>URIs for who signed, where a standard asks for one.</summary>
public static class SignerUri
{
    /// <summary>The subject where it is a URI, <c>mailto:</c> for an address; null where it is neither.</summary>
    public static string? Of(SignerEvidence? signer) => signer is null ? null : Of(signer.Subject);

    /// <summary>The same for a certificate's subject.</summary>
    public static string? Of(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return Uris.AbsoluteOrNull(subject) ?? (subject.Split('@') is [{ Length: > 0 }, { Length: > 0 }] ? Uris.AbsoluteOrNull($"mailto:{subject}") : null);
    }

    /// <summary>What built the artifact: the workflow that the certificate names, else whoever signed; null where no signature says.</summary>
    public static string? Builder(SignerEvidence? signer) =>
        Uris.AbsoluteOrNull(signer?.Claims.GetValueOrDefault("build_signer_uri")) ?? Of(signer);
}
