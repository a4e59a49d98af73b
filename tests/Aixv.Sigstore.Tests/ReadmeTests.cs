using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Tests;

public sealed class ReadmeTests
{
    /// <summary>The README's example, word for word between the markers.</summary>
    [Fact]
    public void The_example_of_the_readme_works()
    {
        var vector = new Vectors("happy-path-v0.3");
        var (trustedRoot, bundle, model) = (vector.TrustedRootJson, vector.Bundle, vector.Artifact);
        var (identity, issuer) = (vector.Identity, vector.Issuer);

        // example
        var root = TrustedRoot.Parse(trustedRoot);
        var policy = new VerificationPolicy { Signer = SignerPolicy.Certificate([TextPattern.Exact(identity)], [TextPattern.Exact(issuer)]) };

        // A pure function: no file, no socket, no clock. One Verifier serves many bundles.
        var result = new Verifier(root).Verify(bundle, ArtifactDigests.Of(model), policy);
        var answer = result switch
        {
            Verified { Times: [var first, ..], Signer: CertificateSigner signer } => $"{signer.Identity} signed it by {first.Time:u}",
            Rejected refused => $"{refused.Reason}: expected {refused.Expected}, found {refused.Found}",
            _ => "signed with a key",
        };
        // end

        Assert.Equal($"{identity} signed it by 2024-03-19 17:26:26Z", answer);
    }

    [Fact]
    public void The_readme_shows_the_tested_example()
    {
        var source = Path.Combine(Vectors.Repository(), "tests", "Aixv.Sigstore.Tests", "ReadmeTests.cs");
        Assert.SkipUnless(File.Exists(source), "the sources are not beside the tests");
        var lines = File.ReadLines(source).Select(line => line.Length > 8 ? line[8..] : "").ToList();
        var example = lines.GetRange(lines.IndexOf("// example") + 1, lines.IndexOf("// end") - lines.IndexOf("// example") - 1);
        var readme = File.ReadAllText(Path.Combine(Vectors.Repository(), "src", "Aixv.Sigstore", "README.md"));
        Assert.Contains("```csharp\n" + string.Join('\n', example) + "\n```", readme, StringComparison.Ordinal);
    }
}
