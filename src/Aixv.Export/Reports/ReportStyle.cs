using System.Security.Cryptography;
using System.Text;

namespace Aixv.Export.Reports;

/// <summary>How the report looks: ink, greys, and one colour for whatever stands against the artifact.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b1e23;--soft:#5c636e;--line:#d9dce1;--fill:#f5f6f8;--accent:#a8201a;--wash:#fbeeec}
        @media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#e6e8eb;--soft:#9aa1ac;--line:#343942;--fill:#1d2026;--accent:#ff8a7e;--wash:#331d1b}}
        *{box-sizing:border-box}
        html{background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
        body{overflow-wrap:anywhere;margin:0 auto;max-width:76rem;padding:1.75rem 1.5rem 3rem}
        h1{font-size:1.65rem;line-height:1.2;margin:.15rem 0 .5rem;overflow-wrap:anywhere;font-weight:650;letter-spacing:-.01em}
        h2{font-size:.95rem;margin:0;font-weight:650}
        h3{font-size:.85rem;margin:1.1rem 0 .35rem;font-weight:600;color:var(--soft)}
        p{margin:0 0 .6rem}
        code{font:.84em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
        a{color:inherit;text-underline-offset:.15em;overflow-wrap:anywhere}
        bdi{overflow-wrap:anywhere}
        .kicker,.lead,.soft{color:var(--soft)}
        .kicker{margin:0;font-size:.85rem}
        .lead{max-width:46rem}
        .facts{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;margin:.1rem 0 0;padding:0;list-style:none;font-size:.88rem;color:var(--soft)}
        .facts b{font-weight:500;color:var(--ink)}
        .verdict{margin:1.3rem 0 0;padding:1.05rem 1.3rem;border:1px solid var(--line);border-inline-start:.5rem solid var(--ink);background:var(--fill);border-radius:3px}
        .verdict.deny{border-inline-start-color:var(--accent);background:var(--wash)}
        .verdict .word{display:flex;align-items:center;gap:.6rem;font-size:1.75rem;line-height:1.15;font-weight:700;margin:0 0 .35rem;letter-spacing:-.015em}
        .verdict.deny .word{color:var(--accent)}
        .verdict .word svg{flex:none}
        .verdict p:last-child{margin:0;max-width:60rem}
        .glance{display:grid;grid-template-columns:1.9fr 1.1fr 1fr 1.35fr 1.1fr;gap:1px;margin:.9rem 0 1.9rem;background:var(--line);border:1px solid var(--line);border-radius:3px;overflow:hidden}
        .glance>div{background:var(--paper);padding:.6rem .85rem .7rem}
        .glance dt{font-size:.78rem;color:var(--soft)}
        .glance dd{margin:.1rem 0 0;font-weight:600;line-height:1.3}
        .glance .wide dd{font-size:.9rem}
        .glance small{display:block;font-weight:400;font-size:.8rem;color:var(--soft);overflow-wrap:anywhere}
        .bad{color:var(--accent);font-weight:600}
        section{display:grid;grid-template-columns:10.5rem minmax(0,1fr);gap:0 1.75rem;padding:1.15rem 0 1.3rem;border-top:1px solid var(--line)}
        section.verdict{display:block}
        .body>:last-child{margin-bottom:0}
        .scroll{overflow-x:auto;margin:0 0 .7rem}
        table{border-collapse:collapse;width:100%;font-size:.9rem}
        th{text-align:start;font-weight:500;color:var(--soft);font-size:.78rem;white-space:nowrap;border-bottom:1px solid var(--line);padding:0 .9rem .25rem 0}
        td{vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line);min-width:6.5rem}
        tr:last-child td{border-bottom:0}
        td:last-child,th:last-child{padding-right:0}
        td code{font-size:.8em}
        .id{display:block;color:var(--soft)}
        time{white-space:nowrap}
        dl.pairs{display:grid;grid-template-columns:minmax(7rem,12rem) minmax(0,1fr);gap:.2rem 1.2rem;margin:0 0 .7rem;font-size:.92rem}
        dl.pairs dt{color:var(--soft);overflow-wrap:anywhere}
        dl.pairs dd{margin:0;overflow-wrap:anywhere}
        .tag{display:inline-block;font-size:.76rem;line-height:1.35;padding:0 .45em;border:1px solid currentColor;border-radius:2px;white-space:nowrap}
        .tag.attested{border-width:2px;font-weight:600}
        .tag.identified{border-style:dashed}
        .tag.described{border-style:dotted;color:var(--soft)}
        .tag.recalled{color:var(--accent);border:3px double var(--accent);font-weight:700}
        ol.items{margin:0;padding:0;list-style:none}
        ol.items>li{padding:.55rem 0;border-bottom:1px solid var(--line)}
        ol.items>li:first-child{padding-top:0}
        ol.items>li:last-child{border:0;padding-bottom:0}
        ol.items p{margin:0}
        ol.items .soft{font-size:.9rem}
        .remedy::before{content:"→ ";color:var(--soft)}
        .path{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem .5rem;margin:.4rem 0 0;padding:0;list-style:none;font-size:.88rem}
        .path bdi{padding:.05rem .5rem;border:1px solid var(--line);border-radius:2px;background:var(--paper);max-width:22rem}
        .path .first bdi{border:3px double var(--accent);color:var(--accent);font-weight:600}
        .path i{font-style:normal;color:var(--soft);font-size:.8rem}
        ul.checks{margin:0;padding:0;list-style:none}
        ul.checks ul{margin:0;list-style:none}
        ul.checks li{padding:.12rem 0 .12rem 1.4em;font-size:.92rem}
        ul.checks ul{padding:0}
        .mark{display:inline-block;width:1.4em;margin-inline-start:-1.4em;font-weight:700}
        figure{margin:0 0 .8rem}
        svg.lineage{display:block;max-width:100%;height:auto;min-width:34rem}
        .lineage text{text-anchor:middle;fill:var(--ink);font-family:inherit}
        .lineage .label{font-size:12.5px;font-weight:600}
        .lineage .note{font-size:11px;fill:var(--soft)}
        .lineage .box{fill:var(--paper);stroke:var(--soft);stroke-width:1}
        .lineage .attested .box{stroke:var(--ink);stroke-width:2}
        .lineage .identified .box{stroke-dasharray:6 4}
        .lineage .described .box{stroke-dasharray:1.5 3.5}
        .lineage .many .box{fill:var(--fill);stroke:var(--line)}
        .lineage .self .box{fill:var(--ink);stroke:var(--ink)}
        .lineage .self .label{fill:var(--paper)}
        .lineage .self .note{fill:var(--paper);opacity:.8}
        .lineage .recalled .box{stroke:var(--accent);stroke-width:2;stroke-dasharray:none}
        .lineage .recalled:not(.self) .box{fill:var(--paper)}
        .lineage .inner{fill:none;stroke:var(--accent);stroke-width:1}
        .lineage .self .inner{stroke:var(--paper)}
        .lineage .hatched{fill:url(#hatch)}
        .lineage .hatch{stroke:var(--accent);stroke-width:1;opacity:.28}
        .lineage .recalled .note{fill:var(--accent);font-weight:700}
        .lineage .self.recalled .note{fill:var(--paper);opacity:1}
        .lineage .edge{fill:none;stroke:var(--ink);stroke-width:1.3}
        .lineage .claimed{stroke:var(--soft);stroke-dasharray:5 4}
        .lineage .recall{stroke:var(--accent);stroke-width:2.6}
        .lineage .tip{fill:var(--ink)}
        .lineage .recall-tip{fill:var(--accent)}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem .9rem;font-size:.82rem;color:var(--soft);margin:.5rem 0 0;align-items:center}
        footer{border-top:1px solid var(--line);padding-top:1rem;font-size:.85rem;color:var(--soft)}
        @media screen and (max-width:760px){body{padding:1rem .9rem 2rem}h1{font-size:1.35rem}section{display:block;padding:1rem 0}h2{margin:0 0 .5rem;font-size:1.05rem}
        .verdict{padding:.85rem .95rem}.verdict .word{font-size:1.45rem}.glance{grid-template-columns:1fr 1fr}.glance .wide{grid-column:1/-1}.glance>div{padding:.5rem .65rem}
        dl.pairs{grid-template-columns:1fr;gap:0}dl.pairs dd{margin:0 0 .4rem}.scroll{margin-inline-end:-.9rem}}
        @media print{@page{margin:14mm 13mm}:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--fill:#fff;--wash:#fff;--accent:#8f1711}
        html{font-size:9.6pt}body{max-width:none;padding:0}section{grid-template-columns:7.5rem minmax(0,1fr);gap:0 1.1rem;padding:.75rem 0}
        h2{break-after:avoid}tr,li,figure,.verdict,.glance{break-inside:avoid}.scroll{overflow:visible}svg.lineage{min-width:0;width:100%}
        a{text-decoration:none}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """;

    /// <summary>The whole style as the element holds it.</summary>
    public static string Text { get; } = Css.ReplaceLineEndings("\n");

    /// <summary>The only style that a browser may take, by its hash.</summary>
    public static string ContentPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'; base-uri 'none'; form-action 'none'";
}
