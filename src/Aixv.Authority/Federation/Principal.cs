using System.Collections.Immutable;
using Aixv.Authority.Issuance;

namespace Aixv.Authority.Federation;

/// <summary>Who a verified token speaks for, as a certificate states it.</summary>
/// <param name="Name">The certificate's subject alternative name.</param>
/// <param name="Issuer">The token's <c>iss</c>.</param>
/// <param name="Subject">The token's <c>sub</c>.</param>
/// <param name="Challenges">The texts of which one must be signed to prove possession of the key.</param>
/// <param name="Build">Facts of the CI run by the number of Fulcio's extension; empty for people.</param>
internal sealed record Principal(
    SubjectName Name, string Issuer, string Subject, ImmutableArray<string> Challenges, ImmutableSortedDictionary<int, string> Build);
