// The shapes that the server sends, in data blocks and by HTTP. Every string in them is written by strangers.

export type Tier = 'described' | 'identified' | 'attested';
export type Stage = 'data' | 'pretraining' | 'finetuning' | 'packaging' | 'deployment';
export type Direction = 'up' | 'down';

export interface Signer {
  identity: string;
  issuer: string | null;
}

export interface Recall {
  state: 'recalled' | 'affected';
  advisory_id: string;
  severity?: string;
  /** False where only links that nobody signed lead to this node. */
  certain?: boolean;
  /** From the recalled node to this one. */
  path: string[];
}

export interface GraphNode {
  id: string;
  digest: string | null;
  name: string | null;
  kind: string;
  shape: 'artifact' | 'process';
  stage: Stage;
  tier: Tier;
  recalled: Recall | null;
  signer: Signer | null;
  parents: number;
  children: number;
  primary: boolean;
  properties?: Record<string, unknown>;
  page: string;
}

/** `source` was made of `target`. */
export interface GraphEdge {
  source: string;
  target: string;
  relation: string;
  tier: Tier;
  log_index: number | null;
  attestation: string | null;
}

export interface GraphGroup {
  of: string;
  direction: Direction;
  relation: string;
  count: number;
  more: string;
}

export interface Graph {
  root: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
  groups: GraphGroup[];
  truncated: boolean;
  as_of: number;
}

export interface Neighbours {
  nodes: GraphNode[];
  edges: GraphEdge[];
  next_cursor: string | null;
  count: number;
}

/** An entry of a Sigstore log, as the bundle has it. */
export interface LogEntry {
  index: number;
  kind: string;
  log: string;
}

/** When something was signed, by whose word. */
export interface SignedTime {
  source: string;
  authority?: string | null;
  time: string;
}

export interface Attestation {
  id: string;
  status?: string;
  predicate_type: string | null;
  predicate?: unknown;
  /** Too long for the page; the bundle has it. */
  predicate_omitted?: boolean;
  statement?: { predicate?: unknown } | null;
  bundle_digest?: string;
  signer: { subject?: string; identity?: string; issuer?: string | null; claims?: Record<string, unknown>; [more: string]: unknown };
  claims?: Record<string, unknown>;
  signed_at?: string | null;
  created_at?: string;
  log_entries?: LogEntry[];
  times?: SignedTime[];
  /** Of the registry's own log. */
  log_id?: string | null;
  log_index?: number | null;
  receipt_id: string;
  links: { bundle: string; proof_bundle: string; [more: string]: string | null };
}

export interface Advisory {
  advisory_id: string;
  title?: string;
  severity?: string;
  status?: string;
  reason_code?: string;
  reach?: string;
  certain?: boolean;
  /** The steps from what it names to this artifact. */
  path?: { from: string; to: string }[];
  signer?: Attestation['signer'];
  signed_at?: string | null;
  recommended_actions?: unknown[];
  [more: string]: unknown;
}

export interface Artifact {
  digest: string;
  name: string | null;
  tier: Tier;
  lifts?: string[];
  attestations: Attestation[];
  advisories: Advisory[];
  exports: Record<string, string>;
  parent_count: number;
  child_count: number;
  models?: RegistryRecord[];
  datasets?: RegistryRecord[];
  deployments?: RegistryRecord[];
  training_runs?: RegistryRecord[];
  verify_command?: string | null;
  page?: string;
  hub?: string | null;
  [more: string]: unknown;
}

/** What a tenant registered: a model, dataset, deployment or training run. */
export interface RegistryRecord {
  id: string;
  name: string;
  version?: string;
  status?: string;
  tier?: Tier;
  created_at?: string;
  receipt_id?: string;
  [more: string]: unknown;
}

export interface Overview {
  counts: Record<string, number>;
  recent: { id?: string; digest: string | null; name: string | null; kind: string; tier: Tier; time: string; signer: Signer | null; page?: string }[];
  recalls: {
    advisory_id: string;
    title: string | null;
    severity: string;
    status: string;
    time: string | null;
    signer: Signer | null;
    affected: { digest: string; name: string | null; page?: string }[];
    affected_count: number;
  }[];
}

export interface SearchItem {
  type: string;
  digest?: string | null;
  hash?: string | null;
  name?: string | null;
  tier?: Tier;
  page?: string | null;
  [more: string]: unknown;
}

export interface Search {
  q: string;
  items: SearchItem[];
  count: number;
  truncated?: boolean;
}

export type Block =
  | { page: 'home'; version: 1; overview: Overview }
  | { page: 'search'; version: 1; search: Search; overview?: Overview }
  | { page: 'artifact'; version: 1; artifact: Artifact; graph: Graph }
  | { page: 'node'; version: 1; graph: Graph }
  | { page: 'missing'; version: 1; what?: string };
