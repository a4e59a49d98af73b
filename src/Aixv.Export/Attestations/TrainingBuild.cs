using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Attestations;

/// <summary>A training run as a build, in the words that the SLSA formats share; importing reads them back.</summary>
internal static class TrainingBuild
{
    /// <summary>What the parameters mean: docs/exports/attestations.md.</summary>
    public const string Type = "https://aixv.org/buildtypes/training/v1";

    /// <summary>The builder where no verified signature says who ran the training.</summary>
    public const string UnidentifiedBuilder = "https://aixv.org/builders/unidentified/v1";

    public const string FromScratch = "trainedFromScratch";
    public const string Run = "run";
    public const string Compute = "compute";
    public const string Claim = "claim";
    public const string NamedInputs = "inputsKnownByName";
    public const string Framework = "framework";
    public const string FrameworkVersion = "framework_version";
    public const string Hyperparameters = "hyperparameters";

    public static string Builder(Dossier dossier) => SignerUri.Builder(dossier.Training?.Bundle?.Signature.Signer) ?? UnidentifiedBuilder;

    /// <summary>What whoever started the run chose.</summary>
    public static JsonObject Parameters(TrainingFacts? run)
    {
        var parameters = new JsonObject();
        Descriptors.Add(parameters, Framework, run?.Framework);
        Descriptors.Add(parameters, FrameworkVersion, run?.FrameworkVersion);
        AddIfAny(parameters, Hyperparameters, run?.Hyperparameters);
        return parameters;
    }

    /// <summary>What the run had of itself, and what the claim is worth.</summary>
    public static JsonObject Internals(Dossier dossier)
    {
        var internals = new JsonObject();
        AddIfAny(internals, Compute, dossier.Run?.Compute);
        AddIfAny(internals, Run, dossier.Run?.Others);
        if (dossier.Parents is { IsEmpty: true })
        {
            internals[FromScratch] = true;
        }

        if (Descriptors.NamedInputs(dossier).ToArray() is { Length: > 0 } named)
        {
            internals[NamedInputs] = new JsonArray([.. named]);
        }

        var training = dossier.Training!;
        internals[Claim] = new JsonObject
        {
            ["predicateType"] = training.PredicateType,
            ["digest"] = Descriptors.Digests(training.Digest),
            ["signed"] = training.Bundle is not null,
        };
        return internals;
    }

    private static void AddIfAny(JsonObject json, string name, JsonObject? values)
    {
        if (values is { Count: > 0 })
        {
            json[name] = StructValues.Of(values);
        }
    }
}
