import type { Point } from './plan';
import { zoom, type Viewport } from './viewport';

const Slack = 4; // pixels that a click may move

/** Drags, pinches, and the wheel with Ctrl or ⌘ (alone it scrolls the page). A drag is no click. */
export function followPointers(svg: SVGSVGElement, view: () => Viewport, set: (view: Viewport) => void): () => void {
  const down = new Map<number, Point>();
  let moved = 0;
  const at = (event: PointerEvent | WheelEvent): Point => {
    const box = svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const press = (event: PointerEvent) => {
    if (event.button === 0) {
      down.set(event.pointerId, at(event));
      moved = down.size > 1 ? Slack : 0;
    }
  };
  const move = (event: PointerEvent) => {
    const before = down.get(event.pointerId);
    if (before === undefined) {
      return;
    }
    const now = at(event);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    down.set(event.pointerId, now);
    if (moved < Slack) {
      return;
    }
    if (!svg.hasPointerCapture(event.pointerId)) {
      svg.setPointerCapture(event.pointerId);
    }
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    const next = { ...view(), x: view().x + (now.x - before.x), y: view().y + (now.y - before.y) };
    if (other === undefined) {
      set(next);
    } else {
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      set(zoom(view(), factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }));
    }
  };
  const lift = (event: PointerEvent) => {
    down.delete(event.pointerId);
  };
  const click = (event: MouseEvent) => {
    if (moved >= Slack) {
      event.stopImmediatePropagation();
      moved = 0;
    }
  };
  const wheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      set(zoom(view(), Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.04 : 0.002)), at(event)));
    }
  };

  svg.addEventListener('pointerdown', press);
  svg.addEventListener('pointermove', move);
  svg.addEventListener('pointerup', lift);
  svg.addEventListener('pointercancel', lift);
  svg.addEventListener('click', click, true);
  svg.addEventListener('wheel', wheel, { passive: false });
  return () => {
    svg.removeEventListener('pointerdown', press);
    svg.removeEventListener('pointermove', move);
    svg.removeEventListener('pointerup', lift);
    svg.removeEventListener('pointercancel', lift);
    svg.removeEventListener('click', click, true);
    svg.removeEventListener('wheel', wheel);
  };
}
