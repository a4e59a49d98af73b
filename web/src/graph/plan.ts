import { arrange, type Cell } from './ordering';
import { columns, group } from './ranks';
import { place } from './spacing';

/** What is to be placed; `stage` counts from 0. */
export interface Box {
  id: string;
  stage: number;
  width: number;
  height: number;
}

/** From what was there to what was made of it: the way things flow, left to right. */
export interface Line {
  key: string;
  from: string;
  to: string;
  relation: string;
  /** Lines from one box share their way when they share this. */
  lane: string;
  /** How many links it stands for. */
  weight: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Placed extends Box {
  /** Of the upper left corner. */
  x: number;
  y: number;
  column: number;
}

export interface Routed extends Line {
  /** Where the steep lines of a wide fan climb, all as one: this far from the end where they spread. */
  climb: { near: 'start' | 'end'; offset: number } | null;
  /** From the right side of `from` over the gaps between boxes to the left side of `to`. */
  points: Point[];
}

export interface Label extends Point {
  text: string;
  count: number;
  anchor: 'start' | 'end';
  key: string;
}

export interface Plan {
  boxes: Placed[];
  lines: Routed[];
  labels: Label[];
  stages: { stage: number; x: number; width: number }[];
  width: number;
  height: number;
}

const WideFan = 6;

export const Gap = { column: 126, row: 14, stage: 16 };

/** A layered layout in columns of stages: `boxes` keep their order where nothing else decides. */
export function plan(boxes: Box[], all: Line[]): Plan {
  const known = new Set(boxes.map((box) => box.id));
  const lines = all.filter((line) => known.has(line.from) && known.has(line.to) && line.from !== line.to);
  const { columnOf, stageOfColumn } = columns(boxes, lines);
  const cells = bends(boxes, lines, columnOf, stageOfColumn.length);
  arrange(cells.columns);
  settle(cells.columns);

  const widths = stageOfColumn.map((_, column) => Math.max(...cells.columns[column]!.map((cell) => cell.width)));
  const xs: number[] = [];
  let x = 0;
  stageOfColumn.forEach((stage, column) => {
    x += column === 0 ? 0 : Gap.column + (stageOfColumn[column - 1] === stage ? 0 : Gap.stage);
    xs.push(x);
    x += widths[column]!;
  });

  const top = Math.min(0, ...cells.columns.flat().map((cell) => cell.y - cell.height / 2));
  const placed = boxes.map((box): Placed => {
    const column = columnOf.get(box.id)!;
    return { ...box, column, x: xs[column]! + (widths[column]! - box.width) / 2, y: cells.of.get(box.id)!.y - box.height / 2 - top };
  });
  const bottom = Math.max(0, ...placed.map((box) => box.y + box.height));
  return {
    boxes: placed,
    ...route(placed, lines, cells, xs, widths, top),
    stages: stageBands(stageOfColumn, xs, widths),
    width: Math.max(0, x),
    height: bottom,
  };
}

interface Cells {
  columns: Cell[][];
  of: Map<string, Cell>;
  /** The bends of a line, left to right. */
  bendsOf: Map<string, Cell[]>;
}

/** Lines that pass columns get a place in each, so that they do not run through boxes; those from one box share theirs. */
function bends(boxes: Box[], lines: Line[], columnOf: Map<string, number>, count: number): Cells {
  const columnsOf: Cell[][] = Array.from({ length: count }, () => []);
  const of = new Map<string, Cell>();
  for (const box of boxes) {
    const cell: Cell = { width: box.width, height: box.height, left: [], right: [], y: 0, isBend: false };
    of.set(box.id, cell);
    columnsOf[columnOf.get(box.id)!]!.push(cell);
  }
  const shared = new Map<string, Cell>();
  const bendsOf = new Map<string, Cell[]>();
  for (const line of lines) {
    const [start, end] = [columnOf.get(line.from)!, columnOf.get(line.to)!];
    if (start >= end) {
      continue;
    }
    let last = of.get(line.from)!;
    const passed: Cell[] = [];
    for (let column = start + 1; column < end; column++) {
      const key = JSON.stringify([line.from, line.lane, column]);
      let bend = shared.get(key);
      if (bend === undefined) {
        bend = { width: 0, height: 0, left: [last], right: [], y: 0, isBend: true };
        shared.set(key, bend);
        columnsOf[column]!.push(bend);
        last.right.push(bend);
      }
      passed.push(bend);
      last = bend;
    }
    last.right.push(of.get(line.to)!);
    of.get(line.to)!.left.push(last);
    bendsOf.set(line.key, passed);
  }
  return { columns: columnsOf, of, bendsOf };
}

const Rounds = 12;

/** Heights: each column in turn comes as near to its neighbours as the order allows, first from the left, then from the right. */
function settle(all: Cell[][]): void {
  for (const column of all) {
    setHeights(column, column.map(() => 0));
  }
  for (let round = 0; round < Rounds; round++) {
    const isForth = round % 2 === 0;
    const isLast = round >= Rounds - 2;
    for (let index = 0; index < all.length; index++) {
      const column = all[isForth ? index : all.length - 1 - index]!;
      setHeights(column, column.map((cell) => {
        const near = isLast ? [...cell.left, ...cell.right] : isForth ? cell.left : cell.right;
        return near.length === 0 ? cell.y : near.reduce((sum, other) => sum + other.y, 0) / near.length;
      }));
    }
  }
}

function setHeights(column: Cell[], wanted: number[]): void {
  place(wanted, column.map((cell) => cell.height), Gap.row).forEach((y, index) => {
    column[index]!.y = y;
  });
}

function stageBands(stageOfColumn: number[], xs: number[], widths: number[]): Plan['stages'] {
  const bands: Plan['stages'] = [];
  stageOfColumn.forEach((stage, column) => {
    const band = bands[bands.length - 1];
    if (band?.stage === stage) {
      band.width = xs[column]! + widths[column]! - band.x;
    } else {
      bands.push({ stage, x: xs[column]!, width: widths[column]! });
    }
  });
  return bands;
}

/** A box has one port for each relation on each side; a fan of lines is labelled once, where it meets. */
function route(boxes: Placed[], lines: Line[], cells: Cells, xs: number[], widths: number[], top: number): Pick<Plan, 'lines' | 'labels'> {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const outs = ports(group(lines, (line) => line.from), (line) => byId.get(line.to)!, byId);
  const ins = ports(group(lines, (line) => line.to), (line) => byId.get(line.from)!, byId);
  const labels = new Map<string, Label>();
  const routed = lines.map((line): Routed => {
    const [from, to] = [byId.get(line.from)!, byId.get(line.to)!];
    const [out, into] = [outs.get(portKey(line.from, line.relation))!, ins.get(portKey(line.to, line.relation))!];
    const start = { x: from.x + from.width, y: out.y };
    const end = { x: to.x, y: into.y };
    const [key, label]: [string, Label] = out.count > into.count
      ? [`out ${portKey(line.from, line.relation)}`, { x: start.x + 9, y: start.y, text: line.relation, count: out.weight, anchor: 'start', key: '' }]
      : [`in ${portKey(line.to, line.relation)}`, { x: end.x - 11, y: end.y, text: line.relation, count: into.weight, anchor: 'end', key: '' }];
    labels.set(key, { ...label, key });
    const passed = (cells.bendsOf.get(line.key) ?? []).flatMap((bend, index) => {
      const column = from.column + 1 + index;
      const y = bend.y - top;
      return [{ x: xs[column]!, y }, { x: xs[column]! + widths[column]!, y }];
    });
    const climb = Math.max(out.count, into.count) < WideFan ? null : out.count > into.count ? { near: 'end' as const, offset: 16 + 5 * out.rank } : { near: 'start' as const, offset: 12 + 5 * into.rank };
    return { ...line, climb, points: [start, ...passed, end] };
  });
  return { lines: routed, labels: [...labels.values()] };
}

function portKey(id: string, relation: string): string {
  return JSON.stringify([id, relation]);
}

/** Where lines of one relation meet a box. */
interface Port {
  y: number;
  count: number;
  weight: number;
  /** From 0, the uppermost. */
  rank: number;
}

function ports(linesOf: Map<string, Line[]>, other: (line: Line) => Placed, byId: Map<string, Placed>): Map<string, Port> {
  const found = new Map<string, Port>();
  for (const [id, lines] of linesOf) {
    const box = byId.get(id)!;
    const relations = [...group(lines, (line) => line.relation)]
      .map(([relation, some]) => ({ relation, count: some.length, weight: some.reduce((sum, line) => sum + line.weight, 0), mean: some.reduce((sum, line) => sum + other(line).y, 0) / some.length }))
      .sort((a, b) => a.mean - b.mean);
    const step = Math.min(15, (box.height - 8) / relations.length);
    relations.forEach(({ relation, count, weight }, index) => {
      found.set(portKey(id, relation), { count, weight, rank: index, y: box.y + box.height / 2 + (index - (relations.length - 1) / 2) * step });
    });
  }
  return found;
}
