import type { Artifact, Graph } from '../data/contract';
import { Text } from '../frame/text';

export function ArtifactPage({ graph, artifact }: { graph: Graph; artifact: Artifact | null }) {
  return <h1><Text>{artifact?.name ?? graph.root}</Text></h1>;
}
