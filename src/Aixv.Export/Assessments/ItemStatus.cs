namespace Aixv.Export.Assessments;

/// <summary>How far the evidence goes for one item of a framework. It is no finding of conformity.</summary>
public enum ItemStatus
{
    /// <summary>Signed evidence that verifies stands behind all that the item asks of an artifact.</summary>
    Met = 1,

    /// <summary>Some of it is there, or it is only described or declared, or the item asks for more than evidence of an artifact can show.</summary>
    Partly,

    /// <summary>Nothing is there.</summary>
    Gap,

    /// <summary>The evidence says that the item does not arise.</summary>
    NotApplicable,
}
