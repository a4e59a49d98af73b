namespace Aixv.Protocol.Schemas;

/// <summary>A member of an object. Null and absent are alike.</summary>
/// <param name="Name">As JSON has it.</param>
/// <param name="Shape">What its value must look like.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record Field(string Name, Shape Shape, bool Required = false);
