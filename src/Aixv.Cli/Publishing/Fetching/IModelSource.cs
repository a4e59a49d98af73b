namespace Aixv.Cli.Publishing.Fetching;

/// <summary>Somewhere that models are fetched from.</summary>
internal interface IModelSource
{
    /// <summary>Looks what is there, and reads the bundles; no weights.</summary>
    /// <exception cref="CommandFailure">There is no such model, or it may not be seen.</exception>
    Task<RemoteModel> LookAsync(CancellationToken cancellationToken);
}
