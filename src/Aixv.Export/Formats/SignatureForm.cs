namespace Aixv.Export.Formats;

/// <summary>How a document is signed, in the way of its standard.</summary>
public enum SignatureForm
{
    /// <summary>The standard defines none, or the document holds signatures already.</summary>
    None = 0,

    /// <summary>A statement in a DSSE envelope, in a Sigstore bundle.</summary>
    Dsse,

    /// <summary>The document is a Sigstore bundle over a statement (<see cref="Exporter.StatementToSign"/>).</summary>
    Bundle,

    /// <summary>An enveloped JSON Signature Format signature (CycloneDX JSON).</summary>
    Jsf,

    /// <summary>COSE_Sign1 (RFC 9052).</summary>
    Cose,

    /// <summary>A JSON Web Signature that holds the credential (VC-JOSE-COSE).</summary>
    VcJose,
}
