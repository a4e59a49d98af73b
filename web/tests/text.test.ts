import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printView, readView } from '../src/routing/view';
import { normal, pageOf } from '../src/search/lookup';
import { rows } from '../src/table/rows';
import { pipeline } from '../fixtures/made-up';
import { fit, textWidth } from '../src/text/fit';
import { ago, bytes, count, plural, shortDigest, time } from '../src/text/format';
import { ownLink, safeLink } from '../src/text/links';
import { show } from '../src/text/show';
import { slug } from '../src/text/slug';
import { predicate, relation } from '../src/text/words';
import { splitName } from '../src/graph/names';

test('text that turns, hides or breaks lines is shown by its numbers', () => {
  assert.equal(show('a\u202eb'), 'a⟨U+202E⟩b');
  assert.equal(show('\u2066x\u2069\u200b\u0000\n'), '⟨U+2066⟩x⟨U+2069⟩⟨U+200B⟩⟨U+0000⟩⟨U+000A⟩');
  assert.equal(show('\ud800x'), '⟨U+D800⟩x');
  assert.equal(show('\u{e0041}'), '⟨U+E0041⟩');
  assert.equal(show('<b>Ünïcode 模型 🙂 ❤️ עברית</b>'), '<b>Ünïcode 模型 🙂 ❤️ עברית</b>');
});

test('slugs are as the server makes them', () => {
  assert.equal(slug('Org/Model-7B'), 'org-model-7b');
  assert.equal(slug('a  b__c.d'), 'a-b__c.d');
  assert.equal(slug('Größe/模型'), 'gr-e-');
});

test('numbers, sizes and times', () => {
  assert.equal(count(99988), '99,988');
  assert.equal(plural(1, 'node'), '1 node');
  assert.equal(plural(0, 'entry', 'entries'), '0 entries');
  assert.equal(bytes(999), '999 bytes');
  assert.equal(bytes(1_500_000), '1.5 MB');
  assert.equal(time('2026-11-22T02:21:09+00:00'), '2026-11-22 02:21 UTC');
  assert.equal(time('1795314069'), '2026-11-22 02:21 UTC');
  assert.equal(time('nonsense'), 'nonsense');
  const now = Date.parse('2026-11-22T12:00:00Z');
  assert.equal(ago('2026-11-22T11:59:50Z', now), 'just now');
  assert.equal(ago('2026-11-22T11:20:00Z', now), '40 min ago');
  assert.equal(ago('2026-11-22T02:00:00Z', now), '10 h ago');
  assert.equal(ago('2026-11-20T12:00:00Z', now), '2 days ago');
  assert.equal(ago('2026-01-20T12:00:00Z', now), '2026-01-20');
  assert.equal(shortDigest(`sha256:${'ab'.repeat(32)}`), 'ababababab…abab');
  assert.equal(shortDigest('name'), 'name');
});

test('relations and predicates in words', () => {
  assert.equal(relation('fine_tuned_from'), 'fine-tuned from');
  assert.equal(relation('constructor'), 'constructor');
  assert.equal(relation('made_by_magic'), 'made by magic');
  assert.equal(predicate('https://aixv.org/attestation/training/v1'), 'training');
  assert.equal(predicate('https://slsa.dev/provenance/v1'), 'https://slsa.dev/provenance/v1');
  assert.equal(predicate(null), 'artifact signature');
});

test('links to elsewhere are https, links to here begin with one slash', () => {
  assert.equal(safeLink('https://hub.example.org/a'), 'https://hub.example.org/a');
  for (const bad of ['javascript:alert(1)', 'http://a.example.org', 'https://a:b@c.example.org', 'data:text/html,x', '//a', 'a b', 7, null, ' javascript:alert(1)']) {
    assert.equal(safeLink(bad), null);
  }
  assert.equal(ownLink('/artifacts/x'), '/artifacts/x');
  for (const bad of ['//evil.example.org', '/\\evil.example.org', 'https://a.example.org', '', null, 'javascript:alert(1)']) {
    assert.equal(ownLink(bad), null);
  }
});

test('text is fitted with its middle left out', () => {
  assert.equal(fit('short', 200, 13), 'short');
  const long = fit('organisation/a-model-with-a-very-long-name-7B-instruct', 120, 13);
  assert.match(long, /^organ.*….*instruct$/);
  assert.ok(textWidth(long, 13) <= 125);
  assert.ok(fit('模'.repeat(5000), 100, 13).length < 12);
  assert.equal(fit('', 10, 13), '');
});

test('names are split into owner and rest', () => {
  assert.deepEqual(splitName('org/model'), { owner: 'org', rest: 'model' });
  assert.deepEqual(splitName('model'), { owner: null, rest: 'model' });
  assert.deepEqual(splitName('/x'), { owner: null, rest: '/x' });
  assert.deepEqual(splitName('x/'), { owner: null, rest: 'x/' });
  assert.deepEqual(splitName('https://hub.example.org/org/model'), { owner: 'https://hub.example.org/org', rest: 'model' });
  assert.deepEqual(splitName('org/<b>x</b>'), { owner: 'org', rest: '<b>x</b>' });
});

test('the address keeps the view, and what others put into it', () => {
  const view = { view: 'table' as const, selected: 'name:a~b&c', opened: [{ of: 'x~y', direction: 'down' as const, relation: 'fine~tune', pages: 3 }], sort: '-name' };
  const search = printView(view, '?dataset=org-model');
  assert.match(search, /^\?dataset=org-model&/);
  assert.deepEqual(readView(search), view);
  assert.equal(printView(readView(''), ''), '');
  assert.deepEqual(readView('?open=sideways~1~a~b&open=down~0~a~b&open=down~99999~a~b&open=down~1~%25E0%25~b').opened, []);
  assert.equal(readView('?open=down~999~a~b').opened[0]!.pages, 40);
  assert.equal(printView({ ...view, selected: null }, search).includes('at='), false);
});

test('a digest is found however it is pasted', () => {
  const hex = 'ab'.repeat(32);
  assert.equal(normal(` ${hex.toUpperCase()} `), `sha256:${hex}`);
  assert.equal(normal(`SHA256:${hex}`), `sha256:${hex}`);
  assert.equal(normal(' aurora '), 'aurora');
  assert.equal(pageOf({ type: 'model', hash: hex }), `/artifacts/sha256:${hex}`);
  assert.equal(pageOf({ type: 'model', page: '//evil.example.org', name: 'x' }), null);
});

test('table rows sort by every column, both ways', () => {
  const graph = pipeline();
  const names = (sort: string) => rows(graph, sort).map((row) => row.name);
  assert.deepEqual(names('-name'), names('name').reverse());
  assert.equal(rows(graph, '-children')[0]!.node.children, 100_000);
  assert.equal(rows(graph, '-recall')[0]!.node.recalled!.state, 'recalled');
  assert.equal(rows(graph, 'tier')[0]!.node.tier, 'described');
  assert.equal(rows(graph, 'nonsense')[0]!.node.stage, 'data');
  assert.equal(rows(graph, null).find((row) => row.node.id === graph.root)!.madeOf.length, 3);
});
