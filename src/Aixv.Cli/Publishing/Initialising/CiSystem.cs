namespace Aixv.Cli.Publishing.Initialising;

/// <summary>For which CI system a workflow is written.</summary>
internal enum CiSystem
{
    GitHub,
    GitLab,
    None,
}
