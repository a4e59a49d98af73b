using System.Text;

namespace Aixv.Cli.Guessing;

/// <summary>The model card: the front matter of <c>README.md</c>.</summary>
internal static class ReadmeGuess
{
    private const string Name = "README.md";
    private const string From = "README.md front matter";

    public static void Read(TrainingGuess guess)
    {
        if (guess.TryReadBytes(Name) is not { } bytes)
        {
            return;
        }

        var card = FrontMatter.Parse(Encoding.UTF8.GetString(bytes));
        var relation = card.One("base_model_relation");
        foreach (var name in card.All("base_model"))
        {
            if (HubReference.TryCreate(name, "hf://") is { } parent)
            {
                if (relation is not null)
                {
                    parent["relation"] = relation;
                }

                guess.DeclareReference("parent_models", parent, From);
            }
        }

        foreach (var name in card.All("datasets"))
        {
            if (HubReference.TryCreate(name, "hf://datasets/") is { } dataset)
            {
                guess.DeclareReference("datasets", dataset, From);
            }
        }

        guess.Declare("metadata", "license", card.One("license"), From);
        guess.Declare("metadata", "library_name", card.One("library_name"), From);
        guess.Declare("metadata", "pipeline_tag", card.One("pipeline_tag"), From);
    }
}
