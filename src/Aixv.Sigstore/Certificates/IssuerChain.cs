using System.Collections.Immutable;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Certificates;

/// <summary>The CA certificates of one authority of a trusted root; the last is the anchor, whatever signed it.</summary>
/// <remarks>The links between the certificates are verified once and kept: many leaves share them.</remarks>
internal sealed class IssuerChain
{
    internal const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    internal const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string AnyUsage = "2.5.29.37.0";

    private readonly ImmutableArray<Certificate> certificates;
    private readonly string usage;

    /// <summary>For each certificate the path from it to the anchor; null where there is none.</summary>
    private readonly Lazy<ImmutableArray<Certificate>?[]> pathsToAnchor;

    internal IssuerChain(ImmutableArray<Certificate> certificates, string usage)
    {
        this.certificates = certificates;
        this.usage = usage;
        pathsToAnchor = new Lazy<ImmutableArray<Certificate>?[]>(LinkAll);
    }

    /// <summary>The path of a leaf, or null when none of these certificates issued it.</summary>
    internal CertificatePath? FindPath(Certificate leaf)
    {
        for (var i = 0; i < certificates.Length; i++)
        {
            if (!MayHaveIssued(certificates[i], leaf) || pathsToAnchor.Value[i] is not { } path || !MayIssueAt(path))
            {
                continue;
            }

            if (TryKey(certificates[i]) is { } key && leaf.IsSignedBy(key))
            {
                return new CertificatePath([leaf, .. path]);
            }
        }

        return null;
    }

    private ImmutableArray<Certificate>?[] LinkAll()
    {
        var paths = new ImmutableArray<Certificate>?[certificates.Length];
        if (certificates.Length == 0)
        {
            return paths;
        }

        paths[^1] = [certificates[^1]];
        var found = true;
        while (found)
        {
            found = false;
            for (var i = 0; i < certificates.Length - 1; i++)
            {
                if (paths[i] is null && FindParent(certificates[i], paths) is { } parent)
                {
                    paths[i] = [certificates[i], .. parent];
                    found = true;
                }
            }
        }

        return paths;
    }

    private ImmutableArray<Certificate>? FindParent(Certificate child, ImmutableArray<Certificate>?[] paths)
    {
        for (var i = 0; i < certificates.Length; i++)
        {
            if (paths[i] is { } path && MayHaveIssued(certificates[i], child) && TryKey(certificates[i]) is { } key && child.IsSignedBy(key))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>Whether every certificate may stand at its place above a leaf: CA, keyCertSign, path length, usage (RFC 5280 §6.1.4).</summary>
    private bool MayIssueAt(ImmutableArray<Certificate> path)
    {
        for (var depth = 0; depth < path.Length; depth++)
        {
            var certificate = path[depth];
            var usageAllowed = certificate.ExtendedKeyUsages.IsDefault
                || certificate.ExtendedKeyUsages.Contains(usage) || certificate.ExtendedKeyUsages.Contains(AnyUsage);
            if (!certificate.IsAuthority || certificate.PathLength < depth || !usageAllowed
                || certificate.KeyUsage is { } flags && !flags.HasFlag(KeyUsages.KeyCertSign)
                || certificate.UnknownCriticalExtension is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool MayHaveIssued(Certificate issuer, Certificate child) =>
        issuer.Subject.Span.SequenceEqual(child.Issuer.Span)
        && (child.AuthorityKeyIdentifier is not { } wanted || issuer.SubjectKeyIdentifier is not { } found || wanted.Span.SequenceEqual(found.Span));

    private static PublicKey? TryKey(Certificate certificate)
    {
        try
        {
            return certificate.PublicKey;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
