// usage: node mermaid.mjs FILE…    Parses flowcharts with mermaid's own parser.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!DOCTYPE html><body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false });
for (const path of process.argv.slice(2)) {
  try {
    const text = readFileSync(path, 'utf8');
    const { diagramType } = await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const vertices = diagram.db.getVertices();
    const edges = diagram.db.getEdges();
    if (edges.length > 500) throw new Error(`${edges.length} edges`);
    console.log(`${path.split('/').at(-1)}: ${diagramType}, ${vertices.size ?? Object.keys(vertices).length} nodes, ${edges.length} edges`);
  } catch (error) {
    console.log(`${path}: ${error.message}`);
    process.exitCode = 1;
  }
}
