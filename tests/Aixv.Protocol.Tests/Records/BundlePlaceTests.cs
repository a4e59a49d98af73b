using Aixv.Protocol.Records;

namespace Aixv.Protocol.Tests.Records;

public sealed class BundlePlaceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string record;

    public BundlePlaceTests()
    {
        var attestations = Path.Combine(folder.Path, ".aixv", "attestations");
        Directory.CreateDirectory(attestations);
        record = Path.Combine(attestations, "r.json");
    }

    public void Dispose() => folder.Dispose();

    private string Write(params string[] place)
    {
        var path = Path.Combine([folder.Path, .. place]);
        File.WriteAllText(path, "{}");
        return path;
    }

    /// <summary>The Python package writes the path of an attestation's bundle as it was given to it.</summary>
    [Fact]
    public void A_path_may_be_from_the_working_directory_that_the_store_lies_in()
    {
        var bundle = Write("model.training.sigstore.json");
        Assert.Equal(bundle, BundlePlace.Find(record, "model.training.sigstore.json"));
        Assert.Null(BundlePlace.Find(record, null));
        Assert.Null(BundlePlace.Find(record, "other.json"));
    }

    [Fact]
    public void Beside_the_record_goes_first_then_its_own_folder()
    {
        Write("b.json");
        var own = Write(".aixv", "attestations", "b.json");
        Assert.Equal(own, BundlePlace.Find(record, "b.json"));
        var beside = Write(".aixv", "attestations", "r.json.sigstore.json");
        Assert.Equal(beside, BundlePlace.Find(record, "b.json"));
    }

    [Fact]
    public void An_absolute_path_of_another_machine_is_made_up_for_by_the_bundle_beside()
    {
        var beside = Write(".aixv", "attestations", "r.json.sigstore.json");
        Assert.Equal(beside, BundlePlace.Find(record, "/srv/ci/build/.aixv/attestations/r.json.sigstore.json"));
    }
}
