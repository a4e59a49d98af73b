import assert from 'node:assert/strict';
import { test } from 'node:test';
import { large, neighbours, pipeline } from '../fixtures/made-up';
import { groupKey, grow } from '../src/graph/growing';
import { stageNumber } from '../src/graph/names';
import { crossings, arrange, type Cell } from '../src/graph/ordering';
import { linePath, processPath } from '../src/graph/paths';
import { groupId, picture, recallEdges } from '../src/graph/picture';
import { plan, type Box, type Line, type Placed, type Plan } from '../src/graph/plan';
import { place } from '../src/graph/spacing';
import { step } from '../src/graph/steps';
import { fitAll, open, reveal, Scale, zoom } from '../src/graph/viewport';

const box = (id: string, stage: number): Box => ({ id, stage, width: 100, height: 40 });
const line = (from: string, to: string, relation = 'r'): Line => ({ key: `${from} ${relation} ${to}`, from, to, relation, lane: relation, weight: 1 });

function overlaps({ boxes }: Plan): string[] {
  const found: string[] = [];
  boxes.forEach((a, index) => boxes.slice(index + 1).forEach((b) => {
    if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) {
      found.push(`${a.id} and ${b.id}`);
    }
  }));
  return found;
}

test('stages stand from left to right, and what was made right of what it was made of', () => {
  const drawn = picture(pipeline());
  const at = (id: string) => drawn.byId.get(id)!.placed;
  for (const edge of drawn.edges) {
    assert.ok(at(edge.from).x + at(edge.from).width < at(edge.to).x, `${edge.from} → ${edge.to}`);
  }
  for (const a of drawn.items) {
    for (const b of drawn.items) {
      if (a.placed.stage < b.placed.stage) {
        assert.ok(a.placed.x < b.placed.x);
      }
    }
  }
  assert.deepEqual(drawn.plan.stages.map((band) => band.stage), [0, 1, 2, 3, 4]);
});

for (const size of [6, 17, 300]) {
  test(`boxes do not overlap: ${size} nodes`, () => {
    const drawn = picture(large(size));
    assert.equal(drawn.items.length, size);
    assert.deepEqual(overlaps(drawn.plan), []);
  });
}

test('300 nodes are laid out in less than half a second', () => {
  const graph = large(300);
  picture(graph);
  const start = performance.now();
  picture(graph);
  assert.ok(performance.now() - start < 500);
});

test('lines run from the right side of a box to the left side of another', () => {
  const drawn = picture(large(120));
  for (const edge of drawn.edges) {
    const [from, to] = [drawn.byId.get(edge.from)!.placed, drawn.byId.get(edge.to)!.placed];
    const [start, end] = [edge.points[0]!, edge.points[edge.points.length - 1]!];
    assert.equal(start.x, from.x + from.width);
    assert.equal(end.x, to.x);
    assert.ok(start.y >= from.y && start.y <= from.y + from.height);
    assert.ok(end.y >= to.y && end.y <= to.y + to.height);
  }
});

test('long lines pass between boxes, not through them', () => {
  const made = plan([box('a', 0), box('b', 1), box('c', 2)], [line('a', 'b'), line('b', 'c'), line('a', 'c', 'far')]);
  const far = made.lines.find((one) => one.relation === 'far')!;
  const b = made.boxes.find((one) => one.id === 'b')!;
  const inside = far.points.slice(1, -1);
  assert.equal(inside.length, 2);
  assert.ok(inside.every((point) => point.y < b.y || point.y > b.y + b.height));
});

test('circles, loops, doubles and lines to nowhere are laid out, and end', () => {
  const boxes = ['a', 'b', 'c'].map((id) => box(id, 1));
  const made = plan(boxes, [line('a', 'b'), line('b', 'c'), line('c', 'a'), line('a', 'a'), line('a', 'gone'), line('a', 'b', 'again')]);
  assert.deepEqual(overlaps(made), []);
  assert.equal(made.lines.length, 4);
  assert.equal(plan([], []).boxes.length, 0);
  assert.equal(plan([box('a', 3)], []).boxes.length, 1);
});

test('a chain of 3,000 is laid out without recursion', () => {
  const boxes = Array.from({ length: 3000 }, (_, index) => box(`n${index}`, 2));
  const made = plan(boxes, boxes.slice(1).map((one, index) => line(`n${index}`, one.id)));
  assert.equal(made.boxes[2999]!.column, 2999);
});

test('a fan is labelled once with its count', () => {
  const made = plan([box('a', 0), box('b', 1), box('c', 1), box('d', 1)], [line('a', 'b'), line('a', 'c'), line('a', 'd')]);
  assert.deepEqual(made.labels.map(({ text, count }) => [text, count]), [['r', 3]]);
});

test('place keeps order and distance, and comes as near as they allow', () => {
  assert.deepEqual(place([0, 100], [10, 10], 5), [0, 100]);
  assert.deepEqual(place([0, 0], [10, 10], 5), [-7.5, 7.5]);
  assert.deepEqual(place([50, 0, 0], [10, 10, 10], 0).map(Math.round), [7, 17, 27]);
});

test('arrange takes lines apart that cross', () => {
  const cell = (): Cell => ({ width: 1, height: 1, left: [], right: [], y: 0, isBend: false });
  const [a, b, c, d] = [cell(), cell(), cell(), cell()];
  a.right.push(d);
  d.left.push(a);
  b.right.push(c);
  c.left.push(b);
  const columns = [[a, b], [c, d]];
  const numbers = () => new Map(columns.flatMap((column) => column.map((one, index) => [one, index] as const)));
  assert.equal(crossings(columns, numbers()), 1);
  arrange(columns);
  assert.equal(crossings(columns, numbers()), 0);
});

test('a group grows page by page, shrinks, and vanishes with its last page', () => {
  const graph = pipeline();
  const group = graph.groups[0]!;
  const one = grow(graph, group, neighbours(group.of, group.relation, 0, 50));
  assert.equal(one.nodes.length, graph.nodes.length + 50);
  assert.equal(one.groups[0]!.count, group.count - 50);
  assert.equal(one.groups[0]!.more, '50');
  const same = grow(one, one.groups[0]!, neighbours(group.of, group.relation, 0, 50));
  assert.equal(same.nodes.length, one.nodes.length);
  const last = grow(one, one.groups[0]!, neighbours(group.of, group.relation, group.count - 10, 50));
  assert.deepEqual(last.groups.filter((left) => groupKey(left) === groupKey(group)), []);
});

test('a group stands with those of its kind that are shown', () => {
  const graph = pipeline();
  const drawn = picture(graph);
  assert.equal(drawn.byId.get(groupId(graph.groups[0]!))!.placed.stage, stageNumber('finetuning'));
});

test('the way of a recall is marked, from the recalled ancestor on', () => {
  const graph = pipeline();
  const root = graph.nodes.find((node) => node.id === graph.root)!;
  const { all, path } = recallEdges(graph, root, []);
  assert.equal(path.size, 1);
  assert.equal(all.size, 3);
  assert.ok([...path].every((key) => all.has(key)));
  assert.equal(recallEdges(graph, null, []).path.size, 0);
  const base = graph.nodes[1]!;
  assert.equal(recallEdges(graph, root, [{ from: base.id, to: root.id }]).path.size, 2);
  assert.equal(recallEdges(graph, base, [{ from: base.id, to: root.id }]).path.size, 0);
});

test('arrows go along lines, and up and down in a column', () => {
  const drawn = picture(pipeline());
  const root = drawn.byId.get(pipeline().root)!.placed;
  const to = (from: Placed, arrow: Parameters<typeof step>[3]) => step(drawn.plan.boxes, drawn.plan.lines, from, arrow);
  const right = to(root, 'ArrowRight')!;
  assert.ok(drawn.edges.some((edge) => edge.from === root.id && edge.to === right.id));
  assert.ok(drawn.edges.some((edge) => edge.to === root.id && edge.from === to(root, 'ArrowLeft')!.id));
  const first = drawn.plan.boxes.filter((one) => one.column === 0).sort((a, b) => a.y - b.y);
  assert.equal(to(first[0]!, 'ArrowDown')!.id, first[1]!.id);
  assert.equal(to(first[0]!, 'ArrowUp'), null);
});

test('every node can be reached with arrows from the root', () => {
  const drawn = picture(pipeline());
  const seen = new Set<string>([pipeline().root]);
  const queue = [...seen];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const arrow of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const) {
      const next = step(drawn.plan.boxes, drawn.plan.lines, drawn.byId.get(id)!.placed, arrow)?.id;
      if (next !== undefined && !seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  assert.equal(seen.size, drawn.items.length);
});

test('the viewport: all of it, around a point, or just enough', () => {
  const drawn = picture(large(120)).plan;
  const area = { width: 1000, height: 600 };
  const all = fitAll(drawn, area);
  assert.ok(all.k >= Scale.least && all.k <= 1);
  const near = zoom(all, 2, { x: 300, y: 200 });
  assert.ok(Math.abs((300 - near.x) / near.k - (300 - all.x) / all.k) < 1e-9);
  const target = drawn.boxes[100]!;
  const shown = reveal({ k: 1, x: 0, y: 0 }, target, area);
  assert.ok(target.x + shown.x >= 0 && target.x + target.width + shown.x <= area.width);
  assert.ok(target.y + shown.y >= 0 && target.y + target.height + shown.y <= area.height);
  assert.deepEqual(reveal(shown, target, area), shown);
  assert.ok(Number.isFinite(open({ ...drawn, boxes: [], width: 0, height: 0 }, area, undefined).k));
});

test('paths are numbers and letters of SVG only', () => {
  const svg = /^[MCHLQVZ0-9 .-]+$/;
  for (const edge of [...picture(pipeline()).edges, ...picture(large(120)).edges]) {
    assert.match(linePath(edge), svg);
  }
  assert.match(processPath({ width: 140, height: 42 }, 4), svg);
});
