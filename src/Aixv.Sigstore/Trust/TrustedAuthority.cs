using System.Collections.Immutable;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Trust;

/// <summary>A certificate or timestamp authority that a trusted root names (<c>CertificateAuthority</c>).</summary>
public sealed class TrustedAuthority
{
    private const int MaximumCertificates = 16;
    private readonly IssuerChain issuers;
    private readonly Lazy<CertificatePath?> ownPath;

    private TrustedAuthority(string uri, string? operatorName, ValidityWindow validity, ImmutableArray<Certificate> chain, string usage)
    {
        Uri = uri;
        Operator = operatorName ?? uri;
        Validity = validity;
        Chain = chain;
        var isTimestamping = usage == IssuerChain.TimeStamping;
        issuers = new IssuerChain(isTimestamping && chain.Length > 1 ? chain[1..] : chain, usage);
        ownPath = new Lazy<CertificatePath?>(() => chain.Length > 1 ? issuers.FindPath(chain[0]) : new CertificatePath([chain[0], chain[0]]));
    }

    public string Uri { get; }

    /// <summary>Who runs the authority; its URI where the root does not say.</summary>
    public string Operator { get; }

    public ValidityWindow Validity { get; }

    /// <summary>A CA: intermediates, then the anchor. A timestamp authority: its signing leaf first.</summary>
    public ImmutableArray<Certificate> Chain { get; }

    /// <summary>The path of a leaf that this CA issued, or null.</summary>
    internal CertificatePath? FindPath(Certificate leaf) => issuers.FindPath(leaf);

    /// <summary>The path of a timestamp authority's own signing leaf, or null when its chain does not hold.</summary>
    internal CertificatePath? SigningPath => ownPath.Value;

    /// <summary>Reads an authority, or gives null and says in <paramref name="warnings"/> why it is of no use here.</summary>
    /// <exception cref="FormatException">Malformed: a validity without start.</exception>
    internal static TrustedAuthority? Read(ProtoObject json, string usage, List<string> warnings)
    {
        var validity = ValidityWindow.Read(json, "validFor");
        var uri = json.Text("uri") ?? "";
        var encoded = json.Message("certChain")?.Messages("certificates", MaximumCertificates) ?? [];
        if (encoded.Count == 0)
        {
            warnings.Add($"{json.Path} ({uri}) is skipped: it has no certificates");
            return null;
        }

        try
        {
            ImmutableArray<Certificate> chain = [.. encoded.Select(c => Certificate.Parse(c.RequiredBytes("rawBytes")))];
            return new TrustedAuthority(uri, json.Text("operator"), validity, chain, usage);
        }
        catch (FormatException e)
        {
            warnings.Add($"{json.Path} ({uri}) is skipped: {e.Message}");
            return null;
        }
    }
}
