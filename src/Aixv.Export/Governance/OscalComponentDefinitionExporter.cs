using Aixv.Export.Assessments;

namespace Aixv.Export.Governance;

/// <summary>The controls of NIST SP 800-53 that evidence of an artifact bears on, as an OSCAL component definition.</summary>
internal sealed class OscalComponentDefinitionExporter() : OscalComponentExporter("oscal-component-definition", ".oscal-cd.json", Sp80053.Value);
