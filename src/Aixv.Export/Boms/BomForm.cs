namespace Aixv.Export.Boms;

/// <summary>How a member stands in XML.</summary>
internal enum BomForm
{
    /// <summary>An element, or in a list one element for each item.</summary>
    Element = 0,
    Attribute,

    /// <summary>The text of the object's own element.</summary>
    Content,

    /// <summary>A list in an element of its own.</summary>
    Wrapped,

    /// <summary>A list in an element of its own whose items have no element: their one member stands for them.</summary>
    Choices,

    /// <summary>Not a member in XML.</summary>
    Absent,
}
