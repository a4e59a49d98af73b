/** A place in a column: a box, or where a long line passes. */
export interface Cell {
  width: number;
  height: number;
  left: Cell[];
  right: Cell[];
  /** Of the middle. */
  y: number;
  isBend: boolean;
}

const Rounds = 8;

/** Orders each column by the mean place of its neighbours, to and fro; keeps the best, so that few lines cross. */
export function arrange(columns: Cell[][]): void {
  const at = new Map<Cell, number>();
  const number = (column: Cell[]) => column.forEach((cell, index) => at.set(cell, index));
  columns.forEach(number);
  let best = columns.map((column) => [...column]);
  let fewest = crossings(columns, at);
  for (let round = 0; round < Rounds && fewest > 0; round++) {
    const isForth = round % 2 === 0;
    for (let index = 1; index < columns.length; index++) {
      const column = columns[isForth ? index : columns.length - 1 - index]!;
      const wish = new Map(column.map((cell) => {
        const near = isForth ? cell.left : cell.right;
        return [cell, near.length === 0 ? at.get(cell)! : near.reduce((sum, other) => sum + at.get(other)!, 0) / near.length];
      }));
      column.sort((a, b) => wish.get(a)! - wish.get(b)! || at.get(a)! - at.get(b)!);
      number(column);
    }
    const found = crossings(columns, at);
    if (found < fewest) {
      fewest = found;
      best = columns.map((column) => [...column]);
    }
  }
  best.forEach((column, index) => {
    columns[index] = column;
  });
}

/** How many pairs of lines between neighbouring columns cross, by counting inversions in a Fenwick tree. */
export function crossings(columns: Cell[][], at: Map<Cell, number>): number {
  let sum = 0;
  columns.forEach((column, index) => {
    const size = columns[index + 1]?.length ?? 0;
    const tree = new Array<number>(size + 1).fill(0);
    let seen = 0;
    for (const cell of column) {
      const ends = cell.right.map((other) => at.get(other)!).sort((a, b) => a - b);
      for (const end of ends) {
        let atMost = 0;
        for (let i = end + 1; i > 0; i -= i & -i) {
          atMost += tree[i]!;
        }
        sum += seen - atMost;
      }
      for (const end of ends) {
        seen++;
        for (let i = end + 1; i <= size; i += i & -i) {
          tree[i]!++;
        }
      }
    }
  });
  return sum;
}
