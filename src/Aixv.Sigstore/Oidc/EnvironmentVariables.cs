namespace Aixv.Sigstore.Oidc;

/// <summary>Reads an environment variable; null or empty when it is not set.</summary>
public delegate string? EnvironmentVariables(string name);
