import type { Placed, Plan } from './plan';
import type { Area, Viewport } from './viewport';

/** How the picture is drawn in small: small = picture × k + (x, y). */
export interface MapScale extends Area {
  k: number;
  x: number;
  y: number;
}

const Most = { width: 176, height: 110 };
const Margin = 6;

export function mapScale(plan: Plan): MapScale {
  const k = Math.min((Most.width - 2 * Margin) / Math.max(1, plan.width), (Most.height - 2 * Margin) / Math.max(1, plan.height));
  const [width, height] = [Math.max(40, plan.width * k + 2 * Margin), Math.max(30, plan.height * k + 2 * Margin)];
  return { k, width, height, x: (width - plan.width * k) / 2, y: (height - plan.height * k) / 2 };
}

/** Never thinner than what can be seen. */
export function place(box: Placed, scale: MapScale): { x: number; y: number; width: number; height: number } {
  return { x: scale.x + box.x * scale.k, y: scale.y + box.y * scale.k, width: Math.max(2, box.width * scale.k), height: Math.max(1.5, box.height * scale.k) };
}

/** What is seen, in small; null when that is all. */
export function seen(plan: Plan, view: Viewport, area: Area, scale: MapScale): { x: number; y: number; width: number; height: number } | null {
  const [left, top] = [-view.x / view.k, -view.y / view.k];
  const [right, bottom] = [left + area.width / view.k, top + area.height / view.k];
  if (left <= 0 && top <= 0 && right >= plan.width && bottom >= plan.height) {
    return null;
  }
  const clamp = (value: number, most: number) => Math.min(most - 1, Math.max(1, value));
  const [x, y] = [clamp(scale.x + left * scale.k, scale.width), clamp(scale.y + top * scale.k, scale.height)];
  return { x, y, width: Math.max(2, clamp(scale.x + right * scale.k, scale.width) - x), height: Math.max(2, clamp(scale.y + bottom * scale.k, scale.height) - y) };
}
