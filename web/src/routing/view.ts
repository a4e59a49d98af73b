import type { Direction } from '../data/contract';

/** A group that was expanded, and how many pages of it. */
export interface Opened {
  of: string;
  direction: Direction;
  relation: string;
  pages: number;
}

/** What the address of a node's page keeps, so that links, reload and back show the same. */
export interface View {
  view: 'graph' | 'table';
  /** The selected node's id; null is the page's own node. */
  selected: string | null;
  opened: Opened[];
  /** `name`, `-name`: column and direction of the table. */
  sort: string | null;
}

export const MostPages = 40;
const Own = ['view', 'at', 'open', 'sort'];

export function readView(search: string): View {
  const query = new URLSearchParams(search);
  return {
    view: query.get('view') === 'table' ? 'table' : 'graph',
    selected: query.get('at'),
    opened: query.getAll('open').map(readOpened).filter((opened) => opened !== null),
    sort: query.get('sort'),
  };
}

/** The query of the view; what others put into it (`dataset`, `id`) stays in front. */
export function printView(view: View, search: string): string {
  const query = new URLSearchParams(search);
  Own.forEach((name) => query.delete(name));
  if (view.view === 'table') {
    query.set('view', 'table');
  }
  if (view.selected !== null) {
    query.set('at', view.selected);
  }
  view.opened.forEach((opened) => query.append('open', `${opened.direction}~${opened.pages}~${encodeURIComponent(opened.relation).replaceAll('~', '%7E')}~${opened.of}`));
  if (view.sort !== null) {
    query.set('sort', view.sort);
  }
  const text = query.toString();
  return text && `?${text}`;
}

function readOpened(text: string): Opened | null {
  const [, direction, pages, relation, of] = /^(up|down)~([1-9]\d{0,3})~([^~]*)~(.+)$/s.exec(text) ?? [];
  if (direction === undefined || pages === undefined || relation === undefined || of === undefined) {
    return null;
  }
  try {
    return { of, direction: direction as Direction, relation: decodeURIComponent(relation), pages: Math.min(Number(pages), MostPages) };
  } catch {
    return null;
  }
}
