import type { Placed, Routed } from './plan';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function isArrow(key: string): key is Arrow {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/** Where an arrow key leads: up and down within the column, left and right along a line if there is one, else to what is nearest. */
export function step(boxes: Placed[], lines: Routed[], from: Placed, arrow: Arrow): Placed | null {
  const middle = (box: Placed) => box.y + box.height / 2;
  const nearest = (some: Placed[], distance: (box: Placed) => number) =>
    some.reduce<Placed | null>((best, box) => (best === null || distance(box) < distance(best) ? box : best), null);
  if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
    const column = boxes.filter((box) => box.column === from.column && (arrow === 'ArrowUp' ? box.y < from.y : box.y > from.y));
    return nearest(column, (box) => Math.abs(box.y - from.y));
  }
  const isRight = arrow === 'ArrowRight';
  const linked = new Set(lines.filter((line) => (isRight ? line.from : line.to) === from.id).map((line) => (isRight ? line.to : line.from)));
  const rise = (box: Placed) => Math.abs(middle(box) - middle(from));
  const side = boxes.filter((box) => (isRight ? box.column > from.column : box.column < from.column));
  const distance = (box: Placed) => Math.abs(box.column - from.column) * 1e6 + rise(box);
  return nearest(side.filter((box) => linked.has(box.id)), distance) ?? nearest(side, distance);
}
