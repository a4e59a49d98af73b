namespace Aixv.Cli.Guessing;

/// <summary>The commit that is checked out around the artifact. Changes that are not committed are not looked at.</summary>
internal static class GitGuess
{
    private const string From = "git HEAD";

    public static void Read(TrainingGuess guess)
    {
        if (GitHead.Find(guess.Folder) is not { } head)
        {
            return;
        }

        if (head.Remote is null)
        {
            guess.Observe("metadata", "git_commit", head.Commit, From);
        }
        else
        {
            // A clone from a model hub holds the model, not the code that made it.
            var isModel = Uri.TryCreate(head.Remote, UriKind.Absolute, out var uri) && uri.Host is "huggingface.co" or "hf.co";
            guess.Observe(isModel ? "metadata" : "training_run", isModel ? "repository" : "code_uri", $"{head.Remote}@{head.Commit}", From);
        }
    }
}
