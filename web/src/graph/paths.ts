import type { Placed, Routed } from './plan';

const Corner = 9;

/** Curves between columns, straight through them; those of a wide fan climb in one place. */
export function linePath({ points, climb }: Pick<Routed, 'points' | 'climb'>): string {
  let path = `M${round(points[0]!.x)} ${round(points[0]!.y)}`;
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1]!, points[index]!];
    if (b.x <= a.x) {
      // Back to an earlier column, or to the same: out and round.
      path += `C${round(a.x + 90)} ${round(a.y)} ${round(b.x - 90)} ${round(b.y)} ${round(b.x)} ${round(b.y)}`;
    } else if (Math.abs(a.y - b.y) < 0.5) {
      path += `H${round(b.x)}`;
    } else if (climb !== null && Math.abs(a.y - b.y) > 2 * Corner) {
      const x = climb.near === 'end' ? b.x - climb.offset : a.x + climb.offset;
      const turn = a.y < b.y ? Corner : -Corner;
      path += `H${round(x - Corner)}Q${round(x)} ${round(a.y)} ${round(x)} ${round(a.y + turn)}V${round(b.y - turn)}Q${round(x)} ${round(b.y)} ${round(x + Corner)} ${round(b.y)}H${round(b.x)}`;
    } else {
      const middle = round((a.x + b.x) / 2);
      path += `C${middle} ${round(a.y)} ${middle} ${round(b.y)} ${round(b.x)} ${round(b.y)}`;
    }
  }
  return path;
}

/** A process points to what comes of it; an artifact is a card. */
export function processPath(box: Pick<Placed, 'width' | 'height'>, grown = 0): string {
  const [w, h, tip] = [box.width + grown, box.height + grown, 12];
  return `M${-grown} ${-grown}H${w - tip}L${w} ${(h - grown) / 2}L${w - tip} ${h}H${-grown}L${tip - grown} ${(h - grown) / 2}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
