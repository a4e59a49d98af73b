import { useEffect, useRef } from 'preact/hooks';
import type { Artifact, Graph, GraphNode } from '../data/contract';
import { Copy } from '../frame/copy';
import { Digest } from '../frame/digest';
import { Icon } from '../frame/icons';
import { Text } from '../frame/text';
import { TierMark } from '../frame/tier';
import { nodeName, stageWord } from '../graph/names';
import { count } from '../text/format';
import { ownLink } from '../text/links';
import { show } from '../text/show';
import { kind, TierLift, TierMeaning } from '../text/words';
import { Advisories } from './advisories';
import { Attestations } from './attestations';
import { Exports } from './exports';
import { Links } from './links';
import { Properties } from './properties';
import { RecallPath } from './recall-path';
import { Records } from './records';
import { useArtifact } from './use-artifact';

interface Props {
  node: GraphNode;
  graph: Graph;
  /** What the page came with, of its own node. */
  first: Artifact | null;
  /** Whether somebody chose the node just now. */
  isChosen: boolean;
  onSelect(id: string): void;
}

/** All that is known of the selected node. */
export function Panel({ node, graph, first, isChosen, onSelect }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // On narrow screens the panel is below the graph: its beginning is brought into sight.
    if (isChosen) {
      heading.current?.scrollIntoView({ block: 'nearest' });
    }
  }, []);
  const { artifact, failure, busy } = useArtifact(node, first);
  const name = nodeName(node);
  return (
    <aside class="panel" aria-label={`Details of ${show(name)}`} tabindex={0}>
      <h2 ref={heading}><Text>{name}</Text></h2>
      <p class="panel-state">
        <TierMark tier={artifact?.tier ?? node.tier} />
        <span class="muted">{kind(node.kind)}{node.shape === 'process' && ', a process'}, {stageWord(node.stage).toLowerCase()}</span>
        {node.id !== graph.root && <a href={ownLink(node.page) ?? '/'}>Open its page</a>}
      </p>
      <RecallPath node={node} graph={graph} onSelect={onSelect} />
      <dl class="facts">
        {node.digest && <><dt>Digest</dt><dd><Digest digest={node.digest} /></dd></>}
        <dt>Signer</dt>
        <dd>{node.signer ? <Text>{node.signer.identity}</Text> : 'nobody yet'}</dd>
        {node.signer?.issuer && <><dt>Issuer</dt><dd><Text>{node.signer.issuer}</Text></dd></>}
        <dt>Links</dt>
        <dd>{count(node.parents)} in, {count(node.children)} out</dd>
      </dl>
      <Lifts tier={artifact?.tier ?? node.tier} lifts={artifact?.lifts ?? null} />
      <Properties properties={node.properties ?? null} />
      {artifact?.verify_command && (
        <section>
          <h3>Verify it yourself</h3>
          <div class="command">
            <pre><code>{show(artifact.verify_command)}</code></pre>
            <Copy text={artifact.verify_command} what="command" />
          </div>
        </section>
      )}
      {busy && <p class="muted" role="status">Fetching what is known</p>}
      {failure && <p class="bad" role="alert"><Icon name="failed" />{failure}</p>}
      {artifact && (
        <>
          <Attestations attestations={artifact.attestations} digest={artifact.digest} />
          <Advisories advisories={artifact.advisories} graph={graph} />
          <Records artifact={artifact} />
        </>
      )}
      <Links node={node} graph={graph} onSelect={onSelect} />
      {artifact && <Exports artifact={artifact} />}
    </aside>
  );
}

function Lifts({ tier, lifts }: { tier: GraphNode['tier']; lifts: string[] | null }) {
  return (
    <section class="lifts">
      <p><strong>{tier}</strong>: {TierMeaning[tier]}.</p>
      {(lifts ?? [TierLift[tier]]).map((sentence, index) => sentence && <p key={index} class="muted"><Text>{sentence}</Text></p>)}
    </section>
  );
}
