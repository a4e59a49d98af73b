import type { GraphNode, Stage } from '../data/contract';
import { shortDigest } from '../text/format';
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
  return node.name || (node.digest ? shortDigest(node.digest) : node.id);
}

/** `attested model`; in front of it what is wrong with it. */
export function nodeState(node: GraphNode): string {
  const state = `${node.tier} ${kind(node.kind)}`;
  return node.recalled === null ? state : node.recalled.state === 'recalled' ? `recalled, ${state}` : `recall reaches it, ${state}`;
}
