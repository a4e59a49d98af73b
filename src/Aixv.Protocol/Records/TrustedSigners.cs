using System.Collections.Immutable;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Records;

/// <summary>Whose signature on a record counts.</summary>
public sealed record TrustedSigners
{
    /// <param name="subjects">E-mail addresses or workflow URIs.</param>
    /// <param name="issuers">Empty allows every issuer that the trusted root's authority accepts.</param>
    /// <exception cref="FormatException">No subject.</exception>
    public TrustedSigners(IEnumerable<TextPattern> subjects, IEnumerable<TextPattern>? issuers = null)
    {
        Subjects = [.. subjects];
        Issuers = [.. issuers ?? []];
        if (Subjects.IsEmpty)
        {
            throw new FormatException("trusted subject constraints required");
        }
    }

    public ImmutableArray<TextPattern> Subjects { get; }

    public ImmutableArray<TextPattern> Issuers { get; }

    /// <summary>Signers by exact text.</summary>
    public static TrustedSigners Exactly(IEnumerable<string> subjects, IEnumerable<string>? issuers = null) =>
        new(subjects.Select(TextPattern.Exact), issuers?.Select(TextPattern.Exact));

    internal SignerPolicy ToPolicy() => SignerPolicy.Certificate(Subjects, Issuers);
}
