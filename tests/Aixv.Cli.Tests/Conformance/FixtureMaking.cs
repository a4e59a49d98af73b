using Aixv.Authority.Hosting;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Tests.Conformance;

/// <summary>Makes <c>testdata/conformance/fixtures</c>: what an Authority of that day signed. Run by hand (<c>-explicit only</c>), for the keys are new each time.</summary>
public sealed class FixtureMaking
{
    private static readonly DateTimeOffset Day = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Target = Path.Combine(Vector.RepositoryRoot, "testdata", "conformance", "fixtures");

    [Fact(Explicit = true)]
    public async Task Make()
    {
        var cancel = TestContext.Current.CancellationToken;
        var clock = new MovedTime(Day);
        var data = Directory.CreateTempSubdirectory("aixv-fixtures-").FullName;
        using var folder = new CliFolder { ForbidNetwork = false, Time = clock };
        await using var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = data, Port = 34911, Time = clock }, cancel);
        (await folder.RunAsync("authority", "machine", "add", "stranger", "--data", data)).Exits(0);
        (await folder.RunAsync("authority", "machine", "add", "publisher", "--data", data)).Exits(0);

        foreach (var (name, content) in Inputs)
        {
            folder.Write(name, content);
        }

        async Task SignAsync(string account, params string[] arguments) =>
            (await folder.RunAsync([.. arguments, "--identity-token", server.IssueToken(account), "--trust-config", server.ClientTrustConfigPath, "--json"])).Exits(0);

        await SignAsync("publisher", "attest", "model.bin", "--predicate", "training", "--input", "training.json");
        await SignAsync("publisher", "policy", "create", "--input", "policy.json");
        await SignAsync("publisher", "bundle", "create", "--input", "bundle.json");
        await SignAsync("publisher", "record", "create", "--kind", "waiver", "--record-id", "WVR-1", "--input", "waiver.json");
        await SignAsync("stranger", "advisory", "create", "--input", "advisory-2.json");
        await SignAsync("publisher", "advisory", "create", "--input", "advisory.json");
        var store = new RecordStore(Path.Combine(folder.Path, ".aixv"));
        Feed("feed-2.json", "ADV-2");
        Feed("feed-1.json", "ADV-1");
        clock.Move(TimeSpan.FromDays(1));
        await SignAsync("publisher", "advisory", "mitigate", "ADV-1");
        Feed("feed-1-later.json", "ADV-1", skip: 1);
        Write("feed-snapshot.json", AdvisoryFeed.Build(Records("ADV-1"), new FeedSnapshot(4, Day, Day.AddDays(3))));
        await SignAsync("publisher", "sign", "feed-snapshot.json");

        Directory.CreateDirectory(Target);
        File.Copy(server.TrustedRootPath, Path.Combine(Target, "trusted_root.json"), overwrite: true);
        string[] folders = [".aixv/policies", ".aixv/advisories", ".aixv/records/bundle", ".aixv/records/waiver"];
        string[] files =
        [
            .. folders.SelectMany(name => Directory.EnumerateFiles(Path.Combine(folder.Path, name))).Where(path => !path.Contains("ADV-1.2.json", StringComparison.Ordinal)),
            .. Directory.EnumerateFiles(folder.Path, "feed-*"),
            Path.Combine(folder.Path, "model.bin"),
            Path.Combine(folder.Path, "model.training.sigstore.json"),
        ];
        foreach (var path in files)
        {
            File.Copy(path, Path.Combine(Target, Path.GetFileName(path)), overwrite: true);
        }

        Directory.Delete(data, recursive: true);

        IEnumerable<StoredRecord> Records(string id) => store.Find(RecordKinds.Advisory, RecordId.Parse(id)).Records;
        void Feed(string name, string id, int skip = 0) => Write(name, AdvisoryFeed.Build(Records(id).Skip(skip), snapshot: null));
        void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(folder.Path, name), content);
    }

    private static IEnumerable<(string Name, string Content)> Inputs =>
    [
        ("model.bin", "model"),
        ("training.json", """{"parent_models": [{"name": "base", "digest": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}], "datasets": [{"name": "words"}]}"""),
        ("policy.json", """{"policy_type": "aixv.policy/v1", "allow_subjects": ["http://localhost:34911/machines/publisher"], "advisory_allow_subjects": ["http://localhost:34911/machines/publisher"], "max_bundle_age_days": 30, "deny_advisory_severity_at_or_above": "high"}"""),
        ("bundle.json", $$"""{"bundle_type": "aixv.bundle/v1", "bundle_id": "bundle-main", "primary": "{{RecordFolder.Model}}", "members": ["{{RecordFolder.Model}}", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}"""),
        ("waiver.json", $$"""{"waiver_id": "WVR-1", "policy_id": "policy", "artifact_digests": ["{{RecordFolder.Model}}"], "advisory_ids": ["ADV-1"], "reason": "filtered at the gateway", "approver": "Jane Doe", "expires_at": "2025-04-01T00:00:00+00:00"}"""),
        ("advisory.json", $$"""{"advisory_id": "ADV-1", "severity": "critical", "status": "active", "affected": [{"digest": "{{RecordFolder.Model}}"}], "reason_code": "poisoned-weights"}"""),
        ("advisory-2.json", $$"""{"advisory_id": "ADV-2", "severity": "critical", "status": "active", "affected": [{"digest": "{{RecordFolder.Model}}"}], "reason_code": "poisoned-weights"}"""),
    ];

    /// <summary>The clock of this machine, moved to another day.</summary>
    private sealed class MovedTime(DateTimeOffset start) : TimeProvider
    {
        private readonly DateTimeOffset begun = System.GetUtcNow();
        private TimeSpan moved = TimeSpan.Zero;

        public void Move(TimeSpan by) => moved += by;

        public override DateTimeOffset GetUtcNow() => start + (System.GetUtcNow() - begun) + moved;
    }
}
