using Aixv.Protocol.Policies;

namespace Aixv.Protocol.Tests.Policies;

public sealed class AssuranceTests
{
    private static Policy Weak => Policy.Read(Samples.Json("""{"policy_type":"aixv.policy/v1","require_signed_advisories":false}"""));

    [Fact]
    public void Level_1_asks_for_nothing_more() => Assert.Empty(AssuranceGate.Check(AssuranceLevel.Level1, null, false));

    [Fact]
    public void Level_2_asks_for_a_policy() =>
        Assert.Equal(["assurance level level-2 requires --policy"], AssuranceGate.Check(AssuranceLevel.Level2, null, true));

    [Fact]
    public void Level_3_names_all_that_is_missing() => Assert.Equal(
        "assurance level level-3 requires signed policy verification; "
        + "assurance level level-3 requires require_signed_advisories=true; "
        + "assurance level level-3 requires advisory trust subjects via advisory_allow_subjects or subject/allow_subjects; "
        + "assurance level level-3 requires max_bundle_age_days; "
        + "assurance level level-3 requires require_no_active_advisories=true",
        string.Join("; ", AssuranceGate.Check(AssuranceLevel.Level3, Weak, false)));

    [Theory]
    [InlineData(AssuranceLevel.Level1, null)]
    [InlineData(AssuranceLevel.Level2, null)]
    [InlineData(AssuranceLevel.Level3, 30)]
    public void A_template_passes_its_own_gate(AssuranceLevel level, int? days) =>
        Assert.Empty(AssuranceGate.Check(level, Policy.Read(PolicyTemplates.Create(level, [], days)), true));

    [Fact]
    public void A_template_of_level_3_needs_an_age() => Assert.Equal(
        "level-3 template requires --max-bundle-age-days",
        Assert.Throws<FormatException>(() => PolicyTemplates.Create(AssuranceLevel.Level3, [], null)).Message);

    [Fact]
    public void A_migration_to_level_3_needs_an_age() => Assert.Equal(
        "level-3 migration requires max_bundle_age_days; pass --max-bundle-age-days",
        Assert.Throws<FormatException>(() => PolicyMigration.Run(Weak.ToJson(), AssuranceLevel.Level3, ["security@example.org"], null)).Message);

    [Fact]
    public void A_migration_needs_somebody_to_trust_for_advisories() => Assert.Equal(
        "level-2 migration requires advisory trust subjects; pass --advisory-trusted-subject",
        Assert.Throws<FormatException>(() => PolicyMigration.Run(Weak.ToJson(), AssuranceLevel.Level2, [], null)).Message);

    [Fact]
    public void A_migration_tightens_and_never_loosens()
    {
        var migration = PolicyMigration.Run(Samples.Policy, AssuranceLevel.Level3, [], 90);
        Assert.Equal(30, migration.Policy.MaxBundleAgeDays);
        Assert.Equal(["require_no_active_advisories"], migration.Changed);
        Assert.Empty(AssuranceGate.Check(AssuranceLevel.Level3, migration.Policy, true));
    }

    [Fact]
    public void An_unknown_level_is_named() =>
        Assert.Equal("unknown assurance level: level-9 (known: level-1, level-2, level-3)", Assert.Throws<FormatException>(() => AssuranceGate.Parse("level-9")).Message);
}
