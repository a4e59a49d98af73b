using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Statements;

public sealed class StatementTests
{
    [Fact]
    public void The_signed_bytes_are_sorted_and_without_spaces()
    {
        var claim = PredicateTypes.Read("training", JsonNode.Parse("""{ "parent_models": [], "compute": { "gpus": 8 } }""")!.AsObject());
        var statement = new Statement([new StatementSubject("model.safetensors", Digest.Of("abc"u8))], claim);
        Assert.Equal(
            """{"_type":"https://in-toto.io/Statement/v1","predicate":{"compute":{"gpus":8},"parent_models":[]},"predicateType":"https://aixv.org/attestation/training/v1","subject":[{"digest":{"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},"name":"model.safetensors"}]}""",
            Encoding.UTF8.GetString(statement.ToBytes()));
    }
}
