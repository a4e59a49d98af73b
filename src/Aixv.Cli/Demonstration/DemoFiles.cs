using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Demonstration;

/// <summary>The files that the demo makes: a dataset, a base model, another dataset and a fine-tune of the base.</summary>
internal static class DemoFiles
{
    private const int BaseSteps = 400;
    private const int TuneSteps = 150;

    public const string Base = "base.safetensors";
    public const string Tuned = "tuned.safetensors";
    public const string Claim = "training.json";
    public const string General = "general.csv";
    public const string Special = "special.csv";
    public const string BaseClaim = "base.training.json";
    public const string Warning = "warning.json";
    public const string Advisory = "advisory.json";

    /// <summary>Trains and writes everything.</summary>
    /// <returns>The losses on the second dataset before and after the fine-tuning: the second is smaller, or nothing was learnt.</returns>
    public static (float Before, float After) Write(string folder)
    {
        var general = TinySample.Grid(12, (x, y) => MathF.Sin(2 * x) * y);
        var special = TinySample.Grid(8, (x, y) => (MathF.Sin(2 * x) * y) + (0.5f * x));
        var model = TinyModel.Create();
        model.Train(general, BaseSteps);
        var tuned = model.Clone();
        tuned.Train(special, TuneSteps);
        File.WriteAllBytes(Path.Combine(folder, General), TinySample.ToCsv(general));
        File.WriteAllBytes(Path.Combine(folder, Special), TinySample.ToCsv(special));
        File.WriteAllBytes(Path.Combine(folder, Base), model.ToSafetensors("demo-base").ToBytes());
        File.WriteAllBytes(Path.Combine(folder, Tuned), tuned.ToSafetensors("demo-tuned").ToBytes());
        File.WriteAllBytes(Path.Combine(folder, Claim), SortedJson.Serialize(TunedClaim(folder)));
        return (model.Loss(special), tuned.Loss(special));
    }

    private static JsonObject TunedClaim(string folder) => new()
    {
        ["parent_models"] = new JsonArray(new JsonObject { ["digest"] = DigestOf(folder, Base), ["name"] = Base }),
        ["datasets"] = new JsonArray(new JsonObject { ["digest"] = DigestOf(folder, Special), ["name"] = Special, ["split"] = "train" }),
        ["training_run"] = new JsonObject { ["framework"] = "aixv-demo", ["framework_version"] = Commands.VersionCommand.Current() },
        ["hyperparameters"] = new JsonObject { ["steps"] = TuneSteps, ["optimizer"] = "gradient descent, full batch" },
    };

    /// <summary>What may honestly be said of a model that somebody brought: nothing of how it was made.</summary>
    public static void WriteClaimAboutUnknown(string folder) => File.WriteAllBytes(
        Path.Combine(folder, Claim),
        SortedJson.Serialize(new JsonObject { ["metadata"] = new JsonObject { ["note"] = "made by 'aixv demo': how this model was trained is not known" } }));

    /// <summary>What the registry is told besides: what the base model learned from, and a warning of that.</summary>
    public static void WriteStory(string folder)
    {
        var dataset = DigestOf(folder, General);
        File.WriteAllBytes(Path.Combine(folder, BaseClaim), SortedJson.Serialize(new JsonObject
        {
            ["parent_models"] = new JsonArray(),
            ["datasets"] = new JsonArray(new JsonObject { ["digest"] = dataset, ["name"] = General, ["split"] = "train" }),
            ["training_run"] = new JsonObject { ["framework"] = "aixv-demo", ["framework_version"] = Commands.VersionCommand.Current() },
            ["hyperparameters"] = new JsonObject { ["steps"] = BaseSteps, ["optimizer"] = "gradient descent, full batch" },
        }));
        File.WriteAllBytes(Path.Combine(folder, Warning), SortedJson.Serialize(new JsonObject
        {
            ["advisory_id"] = "DEMO-2026-1",
            ["affected"] = new JsonArray(new JsonObject { ["digest"] = dataset, ["name"] = General, ["selector"] = "descendants" }),
            ["severity"] = "high",
            ["reason_code"] = "poisoned-dataset",
            ["recommended_actions"] = new JsonArray((JsonNode)"train again without it"),
        }));
    }

    public static string DigestOf(string folder, string name) => FileDigester.Digest(Path.Combine(folder, name)).Sha256.ToString();

    /// <summary>Copies a file with one bit of its last byte changed, and returns the shell command that does the same.</summary>
    public static string CopyWithOneBitFlipped(string folder, string model, string copy)
    {
        var path = Path.Combine(folder, copy);
        File.Copy(Path.Combine(folder, model), path, overwrite: true);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (file.Length == 0)
        {
            file.WriteByte((byte)'x');
            return $"printf x > {copy}";
        }

        var at = file.Seek(-1, SeekOrigin.End);
        var flipped = (byte)(file.ReadByte() ^ 1);
        file.Seek(at, SeekOrigin.Begin);
        file.WriteByte(flipped);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"cp {Shell.Quote(model)} {copy} && printf '\\{Convert.ToString(flipped, 8)}' | dd of={copy} bs=1 seek={at} conv=notrunc status=none");
    }
}
