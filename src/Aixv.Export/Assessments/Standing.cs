namespace Aixv.Export.Assessments;

/// <summary>What stands behind a fact; the order counts.</summary>
internal enum Standing
{
    /// <summary>It is not known.</summary>
    Absent,

    /// <summary>The publisher says so, outside any statement.</summary>
    Declared,

    /// <summary>A statement says so that nobody verifiably signed.</summary>
    Described,

    /// <summary>It is verified, or stands in a signed statement that verifies.</summary>
    Attested,
}
