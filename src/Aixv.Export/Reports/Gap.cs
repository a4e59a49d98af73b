namespace Aixv.Export.Reports;

/// <summary>Something that is not known or not proven.</summary>
/// <param name="What">A sentence. It may hold untrusted text.</param>
/// <param name="Remedy">What closes it.</param>
internal sealed record Gap(string What, string Remedy);
