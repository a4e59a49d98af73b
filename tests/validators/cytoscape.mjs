// usage: node cytoscape.mjs FILE…    Loads elements into a headless cytoscape.
import { readFileSync } from 'node:fs';
import cytoscape from 'cytoscape';

for (const path of process.argv.slice(2)) {
  const document = JSON.parse(readFileSync(path, 'utf8'));
  const graph = cytoscape({ headless: true, elements: document.elements });
  const { nodes, edges } = document.elements;
  const isText = [...nodes, ...edges].every(({ data }) => Object.values(data).every((value) => typeof value === 'string'));
  if (graph.nodes().length !== nodes.length || graph.edges().length !== edges.length || !isText) {
    console.log(`${path}: ${graph.nodes().length} of ${nodes.length} nodes, ${graph.edges().length} of ${edges.length} edges, all text: ${isText}`);
    process.exitCode = 1;
  } else {
    console.log(`${path.split('/').at(-1)}: ${nodes.length} nodes, ${edges.length} edges`);
  }
}
