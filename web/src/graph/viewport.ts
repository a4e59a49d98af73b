import type { Placed, Plan, Point } from './plan';

/** What part of the picture is seen: screen = picture × k + (x, y). */
export interface Viewport extends Point {
  k: number;
}

export interface Area {
  width: number;
  height: number;
}

export const Scale = { least: 0.08, most: 2.5, readable: 0.6 };
const Margin = 28;
/** Above the picture, for the names of stages. */
export const Header = 34;

/** All of the picture, never larger than life. */
export function fitAll(plan: Plan, area: Area): Viewport {
  const k = Math.max(Scale.least, Math.min(1, (area.width - 2 * Margin) / Math.max(1, plan.width), (area.height - 2 * Margin - Header) / Math.max(1, plan.height)));
  return { k, x: (area.width - plan.width * k) / 2, y: Header + (area.height - Header - plan.height * k) / 2 };
}

/** All of it where it can be read; else the neighbourhood of one box. */
export function open(plan: Plan, area: Area, box: Placed | undefined): Viewport {
  const all = fitAll(plan, area);
  if (all.k >= Scale.readable || box === undefined) {
    return all;
  }
  const k = area.width < 500 ? 0.72 : 0.82;
  const x = clampTo(area.width / 2 - (box.x + box.width / 2) * k, plan.width * k, area.width, Margin, Margin);
  const y = clampTo(area.height / 2 - (box.y + box.height / 2) * k, plan.height * k, area.height, Margin + Header, Margin);
  return { k, x, y };
}

/** No empty space on one side while something is hidden on the other. */
function clampTo(value: number, length: number, room: number, before: number, after: number): number {
  return length + before + after <= room ? before + (room - before - after - length) / 2 : Math.max(room - length - after, Math.min(before, value));
}

export function zoom(view: Viewport, factor: number, at: Point): Viewport {
  const k = Math.min(Scale.most, Math.max(Scale.least, view.k * factor));
  return { k, x: at.x - ((at.x - view.x) * k) / view.k, y: at.y - ((at.y - view.y) * k) / view.k };
}

/** Moved as little as possible so that the box is seen. */
export function reveal(view: Viewport, box: Placed, area: Area): Viewport {
  const shift = (from: number, to: number, low: number, high: number) => (from < low ? low - from : to > high ? Math.max(high - to, low - from) : 0);
  const [x, y] = [view.x + box.x * view.k, view.y + box.y * view.k];
  return {
    k: view.k,
    x: view.x + shift(x, x + box.width * view.k, Margin, area.width - Margin),
    y: view.y + shift(y, y + box.height * view.k, Margin + Header, area.height - Margin),
  };
}
