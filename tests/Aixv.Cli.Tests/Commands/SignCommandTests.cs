using System.Text.Json.Nodes;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Tests.Commands;

public sealed class SignCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public void Dispose() => folder.Dispose();

    private string[] Expecting => ["--identity", instance.Identity, "--issuer", instance.Issuer, "--trust-config", instance.TrustConfig];

    [Fact]
    public async Task A_signature_by_token_verifies()
    {
        folder.Write("model.bin", "weights");
        folder["SIGSTORE_ID_TOKEN"] = instance.Token;
        var signed = (await folder.RunAsync("sign", "model.bin", "--trust-config", instance.TrustConfig, "--json")).Exits(0).Json;
        Assert.Equal("model.bin.sigstore.json", (string?)signed["bundle_path"]);
        Assert.Equal(instance.Identity, (string?)signed["identity"]!["subject"]);
        Assert.Equal(instance.Issuer, (string?)signed["identity"]!["issuer"]);
        Assert.False((bool?)signed["staging"]);
        var verified = (await folder.RunAsync(["verify", "model.bin", .. Expecting, "--json"])).Exits(0).Json;
        Assert.Equal((string?)signed["digest"], (string?)verified["digest"]);
        Assert.Equal(signed["log_indexes"]![0]!.ToJsonString(), verified["log_entries"]![0]!["index"]!.ToJsonString());
    }

    [Fact]
    public async Task The_token_may_come_by_option_and_the_bundle_go_elsewhere()
    {
        folder.Write("model.bin", "weights");
        (await folder.RunAsync("sign", "model.bin", "--identity-token", instance.Token, "--trust-config", instance.TrustConfig, "--bundle", "b.json")).Exits(0);
        Assert.False(folder.Has("model.bin.sigstore.json"));
        (await folder.RunAsync(["verify", "model.bin", "--bundle", "b.json", .. Expecting])).Exits(0);
        folder.Write("model.bin", "Weights");
        (await folder.RunAsync(["verify", "model.bin", "--bundle", "b.json", .. Expecting])).Exits(1);
    }

    [Fact]
    public async Task Another_variable_may_hold_the_token()
    {
        folder.Write("model.bin", "weights");
        folder["MY_TOKEN"] = instance.Token;
        (await folder.RunAsync("sign", "model.bin", "--identity-token-env", "MY_TOKEN", "--trust-config", instance.TrustConfig)).Exits(0);
    }

    [Theory]
    [InlineData("model.bin", "missing OIDC token: pass --identity-token, set SIGSTORE_ID_TOKEN, or use --interactive-oidc")]
    [InlineData("none.bin", "artifact not found: none.bin")]
    public async Task Failures_have_the_documented_messages(string artifact, string message)
    {
        folder.Write("model.bin", "weights");
        var json = (await folder.RunAsync("sign", artifact, "--trust-config", instance.TrustConfig, "--json")).Exits(1).Json;
        Assert.Equal($$"""{"command":"sign","error":"{{message}}","ok":false}""", json.ToJsonString());
        Assert.Equal(["model.bin"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_missing_output_folder_is_found_before_anything_is_signed()
    {
        folder.Write("model.bin", "weights");
        var run = await folder.RunAsync("sign", "model.bin", "--identity-token", "not looked at", "--bundle", "none/b.json");
        Assert.Contains("output folder not found: none", run.Exits(1).Error);
    }

    [Fact]
    public async Task A_token_that_is_refused_leaves_nothing()
    {
        folder.Write("model.bin", "weights");
        var parts = instance.Token.Split('.');
        var forged = $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}";
        (await folder.RunAsync("sign", "model.bin", "--identity-token", forged, "--trust-config", instance.TrustConfig)).Exits(1);
        Assert.False(folder.Has("model.bin.sigstore.json"));
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_exits_3()
    {
        folder.Write("model.bin", "weights");
        var config = JsonNode.Parse(File.ReadAllBytes(instance.TrustConfig))!;
        folder.Write("config.json", config.ToJsonString().Replace(instance.Issuer, "http://127.0.0.1:1", StringComparison.Ordinal));
        var json = (await folder.RunAsync("sign", "model.bin", "--identity-token", instance.Token, "--trust-config", "config.json", "--json")).Exits(3).Json;
        Assert.Contains("127.0.0.1:1", (string?)json["error"]);
        Assert.False(folder.Has("model.bin.sigstore.json"));
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public async Task A_key_signs_without_any_network(KeyAlgorithm algorithm)
    {
        using var offline = new CliFolder();
        using var key = SigningKey.Generate(algorithm);
        offline.Write("model.bin", "weights");
        offline.Write("key.pem", key.ToPem());
        offline.Write("key.pub", key.PublicKey.ToPem());
        var json = (await offline.RunAsync("sign", "model.bin", "--key", "key.pem", "--no-log", "--json")).Exits(0).Json;
        Assert.Null(json["identity"]!["subject"]);
        (await offline.RunAsync("verify", "model.bin", "--key", "key.pub", "--allow-unlogged")).Exits(0);
        var refused = (await offline.RunAsync("verify", "model.bin", "--key", "key.pub", "--trusted-root", new Vector("happy-path-v0.3").TrustedRoot, "--json")).Exits(1);
        Assert.Equal("log-entry-missing", (string?)refused.Json["reason"]);
    }

    [Fact]
    public async Task A_key_signs_into_the_log()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        folder.Write("model.bin", "weights");
        folder.Write("key.pem", key.ToPem());
        folder.Write("key.pub", key.PublicKey.ToPem());
        (await folder.RunAsync("sign", "model.bin", "--key", "key.pem", "--trust-config", instance.TrustConfig)).Exits(0);
        var json = (await folder.RunAsync("verify", "model.bin", "--key", "key.pub", "--trust-config", instance.TrustConfig, "--json")).Exits(0).Json;
        Assert.Single(json["log_entries"]!.AsArray());
        Assert.StartsWith("sha256:", (string?)json["key_fingerprint"]);
    }

    [Fact]
    public async Task An_encrypted_key_needs_its_password()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var parameters = new System.Security.Cryptography.PbeParameters(
            System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 2000);
        folder.Write("key.pem", key.ExportEncryptedPkcs8PrivateKeyPem("open sesame", parameters));
        folder.Write("model.bin", "weights");
        Assert.Contains("no password was given", (await folder.RunAsync("sign", "model.bin", "--key", "key.pem", "--no-log")).Exits(1).Error);
        Assert.Contains("PASSWORD of --key-password-env is not set", (await folder.RunAsync("sign", "model.bin", "--key", "key.pem", "--no-log", "--key-password-env", "PASSWORD")).Exits(1).Error);
        folder["PASSWORD"] = "wrong";
        Assert.Contains("cannot be decrypted", (await folder.RunAsync("sign", "model.bin", "--key", "key.pem", "--no-log", "--key-password-env", "PASSWORD")).Exits(1).Error);
        folder["PASSWORD"] = "open sesame";
        (await folder.RunAsync("sign", "model.bin", "--key", "key.pem", "--no-log", "--key-password-env", "PASSWORD")).Exits(0);
    }

    [Fact]
    public async Task Offline_only_a_key_without_log_signs()
    {
        folder.Write("model.bin", "weights");
        Assert.Contains("--offline forbids", (await folder.RunAsync("sign", "model.bin", "--identity-token", instance.Token, "--offline")).Exits(1).Error);
    }
}
