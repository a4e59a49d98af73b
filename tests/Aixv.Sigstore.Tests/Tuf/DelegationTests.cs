using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Aixv.Sigstore.Tuf;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Tuf;

public sealed class DelegationTests : TufTestBase
{
    private TestDelegation Delegate(string name, string parent = "targets", string[]? paths = null, string[]? prefixes = null, bool terminating = false)
    {
        var delegation = new TestDelegation(name, parent, new TestRole(SigningKey.Generate(KeyAlgorithm.EcdsaP256)))
        {
            Paths = prefixes is null ? paths ?? ["*"] : null,
            HashPrefixes = prefixes,
            Terminating = terminating,
        };
        Repository.Delegations.Add(delegation);
        return delegation;
    }

    private async Task<string?> FindAsync(string target) =>
        (await RefreshAsync(target)).Find(target) is { } content ? Encoding.UTF8.GetString(content.Span) : null;

    private IEnumerable<string> RolesAskedFor() => Repository.Requests
        .Where(r => !r.StartsWith("targets/", StringComparison.Ordinal) && r.EndsWith(".json", StringComparison.Ordinal))
        .Select(r => r.Split('.')[^2]).Except(["root", "snapshot", "targets", "timestamp"]);

    [Fact]
    public async Task A_delegated_role_names_targets_within_its_paths()
    {
        Delegate("models", paths: ["models/*"]).Targets["models/b.bin"] = "b"u8.ToArray();
        Repository.PublishNext();
        Assert.Equal("b", await FindAsync("models/b.bin"));
        Assert.Equal("b", Encoding.UTF8.GetString(Client().ReadCached()!.Find("models/b.bin")!.Value.Span));
    }

    [Fact]
    public async Task A_role_that_names_targets_outside_its_paths_is_not_asked()
    {
        var role = Delegate("models", paths: ["models/*"]);
        role.Targets["other.bin"] = role.Targets["models/deep/c.bin"] = "evil"u8.ToArray();
        Repository.PublishNext();
        Assert.Null(await FindAsync("other.bin"));
        Assert.Null(await FindAsync("models/deep/c.bin"));
        Assert.Empty(RolesAskedFor());
    }

    [Fact]
    public async Task A_sub_delegation_cannot_reach_further_than_its_parent()
    {
        Delegate("models", paths: ["models/*"]);
        Delegate("wide", parent: "models", paths: ["*", "*/*"]).Targets["other.bin"] = "evil"u8.ToArray();
        Repository.PublishNext();
        Assert.Null(await FindAsync("other.bin"));
    }

    [Fact]
    public async Task Hash_prefixes_choose_the_role()
    {
        var prefix = Convert.ToHexStringLower(SHA256.HashData("h.bin"u8))[..2];
        Delegate("never", prefixes: [(prefix[0] == '0' ? '1' : '0') + prefix[1..]]).Targets["h.bin"] = "wrong"u8.ToArray();
        Delegate("bin", prefixes: [prefix]).Targets["h.bin"] = "right"u8.ToArray();
        Repository.PublishNext();
        Assert.Equal("right", await FindAsync("h.bin"));
    }

    [Fact]
    public async Task The_search_is_pre_order_and_depth_first()
    {
        Delegate("a");
        Delegate("b");
        Delegate("aa", parent: "a");
        Delegate("ab", parent: "a");
        Repository.PublishNext();
        Assert.Null(await FindAsync("nowhere"));
        Assert.Equal(["a", "aa", "ab", "b"], RolesAskedFor());
    }

    [Fact]
    public async Task A_terminating_role_ends_the_search()
    {
        Delegate("a");
        Delegate("aa", parent: "a", terminating: true);
        Delegate("ab", parent: "a");
        Delegate("b").Targets["c.bin"] = "hidden"u8.ToArray();
        Repository.PublishNext();
        Assert.Null(await FindAsync("c.bin"));
        Assert.Equal(["a", "aa"], RolesAskedFor());
    }

    [Fact]
    public async Task Circles_end()
    {
        var a = Delegate("a");
        var b = Delegate("b", parent: "a");
        Repository.Delegations.Add(new("a", "b", a.Role) { Paths = ["*"] });
        Repository.PublishNext();
        Assert.Null(await FindAsync("nowhere"));
        Assert.Equal(["a", "b"], RolesAskedFor());
        Assert.NotSame(a, b);
    }

    [Fact]
    public async Task The_number_of_visits_is_bounded()
    {
        for (var i = 0; i <= TufLimits.Delegations; i++)
        {
            Delegate($"r{i}");
        }

        Repository.PublishNext();
        await RefusedAsync(TufRefusal.TooManyDelegations, "nowhere");
        Assert.Equal(TufLimits.Delegations, RolesAskedFor().Count());
    }

    [Fact]
    public async Task A_delegated_role_signed_by_a_stranger_is_refused()
    {
        Delegate("models").Role.Signers = [SigningKey.Generate(KeyAlgorithm.EcdsaP256)];
        Repository.PublishNext();
        await RefusedAsync(TufRefusal.WrongThreshold, "nowhere");
    }

    [Fact]
    public async Task A_delegated_role_that_expired_is_refused()
    {
        Delegate("models").Role.Expires = Time.Now;
        Repository.PublishNext();
        await RefusedAsync(TufRefusal.Expired, "nowhere");
    }

    [Fact]
    public async Task A_delegated_role_missing_from_the_snapshot_is_refused()
    {
        Delegate("models");
        Repository.PublishNext();
        Repository.PublishSnapshot(s => s["meta"]!.AsObject().Remove("models.json"));
        Repository.PublishTimestamp();
        await RefusedAsync(TufRefusal.RoleNotListed, "nowhere");
    }

    [Theory]
    [InlineData("?", "2.%3F.json")]
    [InlineData("../up", "2...%2Fup.json")]
    [InlineData("/abs", "2.%2Fabs.json")]
    public async Task Odd_role_names_stay_names(string name, string asked)
    {
        Delegate(name).Role.Version = 2;
        Repository.PublishNext();
        await RefreshAsync("nowhere");
        Assert.Contains(asked, Repository.Requests);
        Assert.NotNull(Client().ReadCached());
    }

    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "a.txtx", false)]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", "d/a.txt", false)]
    [InlineData("*/*.txt", "d/a.txt", true)]
    [InlineData("d/*", "d/", true)]
    [InlineData("d/*", "d/a/b", false)]
    [InlineData("?.txt", "a.txt", true)]
    [InlineData("?.txt", ".txt", false)]
    [InlineData("d?a", "d/a", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-b-b-d", false)]
    [InlineData("[ab]", "a", false)]
    [InlineData("a***", "a", true)]
    [InlineData("a", "A", false)]
    public void Patterns_match_within_a_path_segment(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PathPattern.Matches(pattern, path));

    [Fact]
    public void Patterns_agree_with_regular_expressions_on_all_short_texts()
    {
        var paths = Words("ab/", 4).ToList();
        foreach (var pattern in Words("a/*?", 4))
        {
            var escaped = Regex.Escape(pattern).Replace(@"\*", "[^/]*", StringComparison.Ordinal).Replace(@"\?", "[^/]", StringComparison.Ordinal);
            var regex = new Regex($@"\A{escaped}\z", RegexOptions.CultureInvariant);
            Assert.All(paths, path => Assert.Equal(regex.IsMatch(path), PathPattern.Matches(pattern, path)));
        }
    }

    private static IEnumerable<string> Words(string alphabet, int length) => length == 0
        ? [""]
        : Words(alphabet, length - 1).SelectMany(w => w.Length == length - 1 ? alphabet.Select(c => w + c).Prepend(w) : [w]);
}
