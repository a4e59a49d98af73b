namespace Aixv.Track.Log;

/// <summary>A C2SP witness that the registry asks to cosign its checkpoints.</summary>
public sealed record WitnessAddress
{
    /// <summary>The URL that <c>/add-checkpoint</c> is put after.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its verifier key, <c>name+hash+base64</c>.</summary>
    public required string Key { get; init; }
}
