import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { lockInversion } from '../scenarios/lock-inversion.ts';
import { metric, run } from './scene-rig.ts';

// The scene "lock-inversion": the VM keeps a page's lock while the pages around it are written (P5.5).

test.each([1, 2])('P5.5 seed %i: the page lock held, the run ends with a named cycle in one file', (seed) => {
  const { engine, m } = run(lockInversion, 60, { machine: 'A', seed });
  const sentence = engine.stopped ?? '';

  expect(sentence).toMatch(/^page locks wait in a cycle: /);
  const files = [...sentence.matchAll(/waits for page \d+ of (\S+)/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThanOrEqual(2);
  expect(new Set(files).size).toBe(1);
  expect(sentence.match(/in write_cache_pages \(called from clean_page_list\)/g)!.length).toBe(files.length);
  expect(metric(m, 'lock_cycles')).toBe(1);
  expect(engine.nowNs).toBeLessThan(60 * S);
});

test('P5.5 the page lock dropped, the same machine goes on to the end', () => {
  const { engine, m } = run(lockInversion, 20, { machine: 'B' });

  expect(engine.stopped).toBeUndefined();
  expect(metric(m, 'range_writes')).toBeGreaterThan(3);
});
