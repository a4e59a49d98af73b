import type { Box, Line } from './plan';

/**
 * The column of each box: stages from left to right, and within a stage what is made of something stands right of it.
 * Lines that close a circle, or lead back to an earlier stage, move nothing.
 */
export function columns(boxes: Box[], lines: Line[]): { columnOf: Map<string, number>; stageOfColumn: number[] } {
  const stage = new Map(boxes.map((box) => [box.id, box.stage]));
  const inside = lines.filter((line) => line.from !== line.to && stage.get(line.from) === stage.get(line.to));
  const rank = longestPaths(boxes, inside);
  pullRight(boxes, inside, rank);

  const used = [...new Set(boxes.map((box) => box.stage * 1e6 + rank.get(box.id)!))].sort((a, b) => a - b);
  const column = new Map(used.map((key, index) => [key, index]));
  return {
    columnOf: new Map(boxes.map((box) => [box.id, column.get(box.stage * 1e6 + rank.get(box.id)!)!])),
    stageOfColumn: used.map((key) => Math.floor(key / 1e6)),
  };
}

function longestPaths(boxes: Box[], lines: Line[]): Map<string, number> {
  const parents = group(lines, (line) => line.to);
  const rank = new Map<string, number>();
  const open = new Set<string>();
  for (const box of boxes) {
    // Depth first without recursion: chains may be thousands long.
    const stack = [box.id];
    while (stack.length > 0) {
      const id = stack[stack.length - 1]!;
      if (rank.has(id)) {
        stack.pop();
        continue;
      }
      open.add(id);
      const above = parents.get(id) ?? [];
      const next = above.find((line) => !rank.has(line.from) && !open.has(line.from));
      if (next !== undefined) {
        stack.push(next.from);
        continue;
      }
      // A parent that is open but not ranked closes a circle.
      rank.set(id, Math.max(0, ...above.map((line) => (rank.get(line.from) ?? -1) + 1)));
      open.delete(id);
      stack.pop();
    }
  }
  return rank;
}

/** What has no parent in its stage stands next to what is made of it, not at the far left. */
function pullRight(boxes: Box[], lines: Line[], rank: Map<string, number>): void {
  const hasParent = new Set(lines.map((line) => line.to));
  const children = group(lines, (line) => line.from);
  for (const box of boxes) {
    const below = children.get(box.id);
    if (!hasParent.has(box.id) && below !== undefined) {
      rank.set(box.id, Math.max(rank.get(box.id)!, Math.min(...below.map((line) => rank.get(line.to)!)) - 1));
    }
  }
}

export function group<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    const found = groups.get(name);
    if (found === undefined) {
      groups.set(name, [item]);
    } else {
      found.push(item);
    }
  }
  return groups;
}
