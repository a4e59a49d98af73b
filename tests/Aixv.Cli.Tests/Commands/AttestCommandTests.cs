using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Tests.Commands;

public sealed class AttestCommandTests : IDisposable
{
    private const string Claim = """{ "parent_models": [], "datasets": [{ "name": "words", "split": "train" }] }""";
    private readonly PrivateInstance instance;
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public AttestCommandTests(PrivateInstance instance)
    {
        this.instance = instance;
        folder.Write("your-model.safetensors", "weights");
        folder.Write("training.json", Claim);
    }

    public void Dispose() => folder.Dispose();

    private Task<CliRun> AttestAsync(params string[] more) => folder.RunAsync(
        ["attest", "your-model.safetensors", "--predicate", "training", "--input", "training.json", "--trust-config", instance.TrustConfig, .. more]);

    [Theory]
    [InlineData("training", "{\"parent_models\": [{\"digest\": \"DIGEST\"}]}", "parent_models[0].digest")]
    [InlineData("cl-delta", "{\"base_digest\": \"DIGEST\", \"update_type\": \"sft\"}", "base_digest")]
    public async Task Nothing_comes_from_itself(string predicate, string claim, string place)
    {
        var digest = (string)(await folder.RunAsync("digest", "your-model.safetensors", "--json")).Exits(0).Json["digests"]![0]!["digest"]!;
        folder.Write("self.json", claim.Replace("DIGEST", digest, StringComparison.Ordinal));
        var run = await folder.RunAsync("attest", "your-model.safetensors", "--predicate", predicate, "-i", "self.json", "--no-sign");
        Assert.Contains($"{place}: {digest} is the artifact itself", run.Exits(1).Error);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".aixv")));
    }

    /// <summary>The command of the publisher guide, and its verification.</summary>
    [Fact]
    public async Task With_a_token_it_signs_writes_the_bundle_beside_the_artifact_and_keeps_a_record()
    {
        folder["SIGSTORE_ID_TOKEN"] = instance.Token;
        var json = (await AttestAsync("--identity-token-env", "SIGSTORE_ID_TOKEN", "--json")).Exits(0).Json;
        Assert.True((bool?)json["signed"]);
        Assert.True((bool?)json["schema_validated"]);
        Assert.Equal("your-model.safetensors", (string?)json["artifact"]);
        Assert.Equal("training", (string?)json["predicate"]);
        Assert.Equal("https://aixv.org/attestation/training/v1", (string?)json["predicate_uri"]);
        Assert.Equal("your-model.training.sigstore.json", (string?)json["signature"]!["bundle_path"]);
        Assert.Equal(instance.Identity, (string?)json["signature"]!["identity"]!["subject"]);
        var hex = ((string?)json["artifact_digest"])!["sha256:".Length..];
        Assert.Equal($".aixv/attestations/sha256_{hex}.training.v1.json", (string?)json["attestation_store_path"]);

        var record = AttestationRecord.Parse(Encoding.UTF8.GetBytes(folder.Read((string)json["attestation_store_path"]!)));
        Assert.Equal(folder.Read("your-model.training.sigstore.json"), folder.Read($".aixv/attestations/{record.SignatureBundlePath}"));
        Assert.Equal(folder.Read((string)json["statement_path"]!), Encoding.UTF8.GetString(Protocol.Statements.SortedJson.Serialize(record.Statement)));

        var verified = (await folder.RunAsync(
            "verify", "your-model.safetensors", "--bundle", "your-model.training.sigstore.json", "--identity", instance.Identity, "--issuer", instance.Issuer,
            "--trust-config", instance.TrustConfig, "--json")).Exits(0).Json;
        Assert.Equal("https://aixv.org/attestation/training/v1", (string?)verified["predicate_type"]);
    }

    [Fact]
    public async Task Without_a_token_it_says_that_it_did_not_sign()
    {
        var json = (await AttestAsync("--json")).Exits(0).Json;
        Assert.False((bool?)json["signed"]);
        Assert.False(json.ContainsKey("signature"));
        Assert.Contains("no OIDC token was found", (string?)json["unsigned_reason"]);
        Assert.False(folder.Has("your-model.training.sigstore.json"));
        var path = (string)json["attestation_store_path"]!;
        Assert.Null(JsonNode.Parse(folder.Read(path))!["signature_bundle_path"]);
        Assert.False(folder.Has($"{path}.sigstore.json"));
        Assert.Contains("attested, not signed", (await AttestAsync()).Exits(0).Out);
    }

    [Fact]
    public async Task No_sign_does_not_sign_even_with_a_token()
    {
        folder["SIGSTORE_ID_TOKEN"] = instance.Token;
        var json = (await AttestAsync("--no-sign", "--json")).Exits(0).Json;
        Assert.Equal("--no-sign was given", (string?)json["unsigned_reason"]);
    }

    [Fact]
    public async Task A_signature_that_fails_leaves_no_record()
    {
        Assert.Contains("missing OIDC token", (await AttestAsync("--sign")).Exits(1).Error);
        var parts = instance.Token.Split('.');
        (await AttestAsync("--identity-token", $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}")).Exits(1);
        Assert.False(folder.Has(".aixv"));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task A_second_attestation_keeps_the_first()
    {
        folder["SIGSTORE_ID_TOKEN"] = instance.Token;
        var first = (string)(await AttestAsync("--json")).Exits(0).Json["attestation_store_path"]!;
        var (record, bundle) = (folder.Read(first), folder.Read($"{first}.sigstore.json"));
        folder.Write("training.json", """{ "parent_models": [{ "name": "base" }] }""");
        var second = (string)(await AttestAsync("--json")).Exits(0).Json["attestation_store_path"]!;
        Assert.EndsWith(".training.v1.2.json", second);
        Assert.Equal(record, folder.Read(first));
        Assert.Equal(bundle, folder.Read($"{first}.sigstore.json"));
        Assert.Equal(folder.Read($"{second}.sigstore.json"), folder.Read("your-model.training.sigstore.json"));
    }

    [Fact]
    public async Task A_full_uri_is_kept_as_it_is()
    {
        folder.Write("claim.json", """{"anything": ["goes", 1.0]}""");
        var json = (await folder.RunAsync(
            "attest", "your-model.safetensors", "--predicate", "https://slsa.dev/provenance/v1", "--input", "claim.json", "--identity-token", instance.Token,
            "--trust-config", instance.TrustConfig, "--json")).Exits(0).Json;
        Assert.False((bool?)json["schema_validated"]);
        Assert.Equal("your-model.provenance.sigstore.json", (string?)json["signature"]!["bundle_path"]);
        Assert.Contains("\"predicate\":{\"anything\":[\"goes\",1.0]}", folder.Read("your-model.provenance.statement.json"));
    }

    [Theory]
    [InlineData("store", null, "store/attestations/")]
    [InlineData(null, "elsewhere", "elsewhere/attestations/")]
    [InlineData("option", "variable", "option/attestations/")]
    public async Task The_store_can_be_moved(string? option, string? variable, string expected)
    {
        if (variable is not null)
        {
            folder["AIXV_STORE"] = variable;
        }

        var json = (await AttestAsync([.. option is null ? (string[])[] : ["--store", option], "--json"])).Exits(0).Json;
        Assert.StartsWith(expected, (string?)json["attestation_store_path"]);
        Assert.False(folder.Has(".aixv"));
    }

    [Theory]
    [InlineData("""{"parent_models": [{}]}""", "training", "parent_models[0]")]
    [InlineData("""{"a": 1, "a": 2}""", "training", "training.json: not valid JSON")]
    [InlineData("[]", "training", "training.json: a JSON object is expected")]
    [InlineData("{}", "trainings", "unsupported predicate: trainings")]
    public async Task A_claim_that_does_not_fit_is_refused_and_nothing_written(string claim, string predicate, string message)
    {
        folder.Write("training.json", claim);
        var run = await folder.RunAsync("attest", "your-model.safetensors", "--predicate", predicate, "--input", "training.json", "--no-sign");
        Assert.Contains(message, run.Exits(1).Error);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public async Task Missing_files_have_the_documented_messages()
    {
        Assert.Contains("artifact not found: none", (await folder.RunAsync("attest", "none", "--predicate", "training", "--input", "training.json")).Exits(1).Error);
        Assert.Contains("input not found: none", (await folder.RunAsync("attest", "your-model.safetensors", "--predicate", "training", "--input", "none")).Exits(1).Error);
    }
}
