import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Plan } from './plan';
import { seen, type MapScale } from './minimap-scale';
import { fitAll, open, reveal, Scale, zoom, type Area, type Viewport } from './viewport';
import { followPointers } from './pointers';

export interface Moving {
  zoomBy(factor: number): void;
  fit(): void;
  show(id: string): void;
  /** When the picture is drawn anew, this box stays where it is on the screen. */
  hold(id: string): void;
  /** Brings a point of the picture into the middle. */
  center(x: number, y: number): void;
}

/** What is moved: the drawing, the names of stages, and the frame in the small map. */
interface Parts {
  svg: RefObject<SVGSVGElement | null>;
  content: RefObject<SVGGElement | null>;
  bands: RefObject<SVGGElement | null>;
  frame: RefObject<SVGRectElement | null>;
}

interface Kept {
  viewport?: Viewport;
}

/** Panning and zooming: moves one group of the drawing, without drawing anything again. Kept over reload and back in the history's entry. */
export function useViewport({ svg, content, bands, frame }: Parts, plan: Plan, scale: MapScale, root: string): Moving {
  const view = useRef<Viewport | null>(null);
  const held = useRef<string | null>(null);
  const last = useRef(plan);
  const small = useRef(scale);
  small.current = scale;

  // Measured once and when it changes: measuring makes the browser lay out all that is drawn.
  const size = useRef<Area | null>(null);
  const area = useCallback((): Area => {
    size.current ??= measure(svg.current!);
    return size.current;
  }, [svg]);

  const set = useCallback((next: Viewport, keep = true) => {
    view.current = next;
    content.current?.setAttribute('transform', `translate(${next.x.toFixed(2)} ${next.y.toFixed(2)}) scale(${next.k.toFixed(4)})`);
    for (const band of bands.current?.children ?? []) {
      const { x, width } = (band as SVGGElement).dataset;
      const [left, wide] = [next.x + Number(x) * next.k, Number(width) * next.k];
      band.setAttribute('transform', `translate(${left.toFixed(1)} 0)`);
      band.querySelector('rect')?.setAttribute('width', wide.toFixed(1));
      // The name stays in sight while its stage is.
      band.querySelector('text')?.setAttribute('x', Math.max(0, Math.min(12 - left, wide - 84)).toFixed(1));
    }
    svg.current?.setAttribute('data-far', String(next.k < 0.45));
    const part = seen(last.current, next, area(), small.current);
    svg.current?.parentElement?.setAttribute('data-all', String(part === null));
    Object.entries(part ?? {}).forEach(([name, value]) => frame.current?.setAttribute(name, value.toFixed(1)));
    if (keep) {
      keepLater(next);
    }
  }, [svg, content, bands, frame, area]);

  useLayoutEffect(() => {
    const kept = (history.state as Kept | null)?.viewport;
    set(kept ?? open(last.current, area(), last.current.boxes.find((box) => box.id === root)), false);
    const watch = new ResizeObserver(() => {
      const [was, now] = [area(), measure(svg.current!)];
      if (view.current !== null && (now.width !== was.width || now.height !== was.height)) {
        size.current = now;
        set({ ...view.current, x: view.current.x + (now.width - was.width) / 2, y: view.current.y + (now.height - was.height) / 2 }, false);
      }
    });
    watch.observe(svg.current!);
    const stop = followPointers(svg.current!, () => view.current!, set);
    return () => {
      watch.disconnect();
      stop();
    };
  }, [svg, area, set, root]);

  useLayoutEffect(() => {
    const before = last.current.boxes.find((box) => box.id === (held.current ?? root));
    const after = plan.boxes.find((box) => box.id === (held.current ?? root));
    last.current = plan;
    const now = view.current;
    if (now !== null && before !== undefined && after !== undefined) {
      set({ ...now, x: now.x + (before.x - after.x) * now.k, y: now.y + (before.y - after.y) * now.k }, false);
    }
  }, [plan, root, set]);

  useEffect(() => () => clearTimeout(timer), []);

  const middle = () => ({ x: area().width / 2, y: area().height / 2 });
  return {
    zoomBy: (factor) => view.current && set(zoom(view.current, factor, middle())),
    fit: () => set(fitAll(last.current, area())),
    show: (id) => {
      const box = last.current.boxes.find((one) => one.id === id);
      if (box !== undefined && view.current !== null) {
        const near = view.current.k < Scale.least * 2 ? zoom(view.current, Scale.readable / view.current.k, middle()) : view.current;
        set(reveal(near, box, area()));
      }
    },
    center: (x, y) => view.current && set({ ...view.current, x: area().width / 2 - x * view.current.k, y: area().height / 2 - y * view.current.k }),
    hold: (id) => {
      held.current = id;
    },
  };
}

function measure({ clientWidth, clientHeight }: SVGSVGElement): Area {
  return { width: clientWidth || 800, height: clientHeight || 500 };
}

let timer: ReturnType<typeof setTimeout> | undefined;

function keepLater(viewport: Viewport): void {
  clearTimeout(timer);
  timer = setTimeout(() => history.replaceState({ ...(history.state as Kept | null), viewport }, ''), 250);
}
