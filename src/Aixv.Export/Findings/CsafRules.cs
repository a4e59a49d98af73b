using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Findings;

/// <summary>MUSTs of CSAF 2.0: the schema's required members, the mandatory tests on products and versions (§6.1), and those of the VEX profile (§4.5).</summary>
internal static class CsafRules
{
    private static readonly string[] Statuses =
    [
        "first_affected", "first_fixed", "fixed", "known_affected", "known_not_affected", "last_affected", "recommended", "under_investigation",
    ];

    public static void Check(JsonPlace root)
    {
        var isVex = false;
        if (root.Object("document", required: true) is { } document)
        {
            isVex = document.Text("category", required: true, notEmpty: true) == "csaf_vex";
            document.Text("title", required: true, notEmpty: true);
            CheckPublisher(document);
            CheckTracking(document);
        }

        var products = ProductIds(root);
        foreach (var vulnerability in root.Objects("vulnerabilities", required: isVex, minimum: isVex ? 1 : 0))
        {
            Check(vulnerability, products, isVex);
        }

        if (isVex && !root.Has("product_tree"))
        {
            root.Fault("the VEX profile needs a product_tree");
        }
    }

    private static void CheckPublisher(JsonPlace document)
    {
        if (document.Object("publisher", required: true) is { } publisher)
        {
            publisher.Word("category", true, "coordinator", "discoverer", "other", "translator", "user", "vendor");
            publisher.Text("name", required: true, notEmpty: true);
            publisher.Uri("namespace", required: true);
        }
    }

    private static void CheckTracking(JsonPlace document)
    {
        if (document.Object("tracking", required: true) is not { } tracking)
        {
            return;
        }

        tracking.Text("id", required: true, notEmpty: true);
        tracking.Word("status", true, "draft", "final", "interim");
        tracking.Time("initial_release_date", required: true);
        tracking.Time("current_release_date", required: true);
        var version = tracking.Text("version", required: true, notEmpty: true);
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var revision in tracking.Objects("revision_history", required: true, minimum: 1))
        {
            revision.Time("date", required: true);
            revision.Text("summary", required: true, notEmpty: true);
            if (revision.Text("number", required: true) is { } number && !numbers.Add(number))
            {
                revision.Fault($"the revision {number} is there twice (6.1.22)");
            }
        }

        if (version is not null && numbers.Count > 0 && !numbers.Any(n => SameVersion(n, version)))
        {
            tracking.Fault($"version {version} is not among the revisions (6.1.16)");
        }
    }

    /// <summary>Build metadata does not count; a pre-release of a draft may be left out.</summary>
    private static bool SameVersion(string revision, string version) =>
        revision.Split('+')[0] == version.Split('+')[0] || revision.Split('+', '-')[0] == version.Split('+', '-')[0];

    /// <summary>All ids that the product tree defines; a repeated one is a fault.</summary>
    private static HashSet<string> ProductIds(JsonPlace root)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (root.Object("product_tree") is not { } tree)
        {
            return ids;
        }

        void Define(JsonPlace? name)
        {
            name?.Text("name", required: true, notEmpty: true);
            if (name?.Text("product_id", required: true, notEmpty: true) is { } id && !ids.Add(id))
            {
                name.Fault($"the product_id {id} is defined twice (6.1.2)");
            }
        }

        foreach (var name in tree.Objects("full_product_names"))
        {
            Define(name);
        }

        foreach (var relation in tree.Objects("relationships"))
        {
            Define(relation.Object("full_product_name", required: true));
        }

        var branches = new Stack<JsonPlace>(tree.Objects("branches"));
        while (branches.TryPop(out var branch))
        {
            Define(branch.Object("product"));
            foreach (var inner in branch.Objects("branches"))
            {
                branches.Push(inner);
            }
        }

        return ids;
    }

    private static void Check(JsonPlace vulnerability, HashSet<string> products, bool isVex)
    {
        var status = vulnerability.Object("product_status", required: isVex);
        foreach (var member in Statuses)
        {
            foreach (var product in status?.List(member) ?? [])
            {
                Resolve(product, products);
            }
        }

        foreach (var member in (string[])["remediations", "threats", "flags"])
        {
            foreach (var entry in vulnerability.Objects(member))
            {
                foreach (var product in entry.List("product_ids"))
                {
                    Resolve(product, products);
                }
            }
        }

        if (isVex)
        {
            CheckVex(vulnerability, status);
        }
    }

    private static void Resolve(JsonPlace product, HashSet<string> products)
    {
        if (product.AsText() is not { } id || !products.Contains(id))
        {
            product.Fault("no such product in the product_tree (6.1.1)");
        }
    }

    private static void CheckVex(JsonPlace vulnerability, JsonPlace? status)
    {
        if (!vulnerability.Has("cve") && !vulnerability.Has("ids"))
        {
            vulnerability.Fault("cve or ids is required (6.1.27.8)");
        }

        if (!vulnerability.Has("notes"))
        {
            vulnerability.Fault("notes are required (6.1.27.5)");
        }

        if (status is null)
        {
            return;
        }

        if (!((string[])["fixed", "known_affected", "known_not_affected", "under_investigation"]).Any(status.Has))
        {
            status.Fault("one of fixed, known_affected, known_not_affected and under_investigation is required (6.1.27.7)");
        }

        Covered(vulnerability, status, "known_not_affected", ["flags", "threats"], "an impact statement (6.1.27.9)");
        Covered(vulnerability, status, "known_affected", ["remediations"], "an action statement (6.1.27.10)");
    }

    private static void Covered(JsonPlace vulnerability, JsonPlace status, string member, string[] by, string what)
    {
        foreach (var product in status.List(member))
        {
            var isCovered = by.SelectMany(list => vulnerability.Objects(list)).Any(entry =>
                entry.Has("group_ids") || entry.List("product_ids").Any(id => JsonNode.DeepEquals(id.Node, product.Node)));
            if (!isCovered)
            {
                product.Fault($"it needs {what}");
            }
        }
    }
}
