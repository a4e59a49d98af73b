import type { GraphNode, Recall, Stage } from '../data/contract';
import { kind } from '../text/words';

export const Stages: { stage: Stage; word: string }[] = [
  { stage: 'data', word: 'Data' },
  { stage: 'pretraining', word: 'Pre-training' },
  { stage: 'finetuning', word: 'Fine-tuning' },
  { stage: 'packaging', word: 'Packaging' },
  { stage: 'deployment', word: 'Deployment' },
];

export function stageNumber(stage: string): number {
  const found = Stages.findIndex((one) => one.stage === stage);
  return found < 0 ? 1 : found;
}

export function stageWord(stage: string): string {
  return Stages[stageNumber(stage)]!.word;
}

/** What a node is called: its name, else its digest, else its id. */
export function nodeName(node: Pick<GraphNode, 'name' | 'digest' | 'id'>): string {
  return node.name || (node.digest ? `${node.digest.slice(7, 15)}…${node.digest.slice(-4)}` : node.id);
}

/** Whose it is and what it is called: `org`, `model`; of an address all but its last part; no owner where the name has none. */
export function splitName(name: string): { owner: string | null; rest: string } {
  const slash = name.includes('://') ? name.lastIndexOf('/') : name.indexOf('/');
  return slash <= 0 || slash === name.length - 1 ? { owner: null, rest: name } : { owner: name.slice(0, slash), rest: name.slice(slash + 1) };
}

/** A recall over links that nobody signed is a question. */
export function recallWord({ state, certain }: Recall): string {
  return state === 'affected' && certain === false ? 'affected?' : state;
}

/** `attested model`, in the room of a node; what is wrong with it takes the place of the kind. */
export function shortState(node: GraphNode): string {
  return `${node.tier} ${node.recalled === null ? kind(node.kind) : `· ${recallWord(node.recalled)}`}`;
}

/** `attested model, recalled by ADV-1` */
export function nodeState(node: GraphNode): string {
  const state = `${node.tier} ${kind(node.kind)}`;
  return node.recalled === null ? state : `${state}, ${recallWord(node.recalled)}: ${node.recalled.advisory_id}`;
}
