import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { lockCycleScene } from '../scenarios/lock-cycle.ts';
import { WAIT_PAGE_LOCK } from './machine/waits.ts';
import { metric, run } from './scene-rig.ts';
import { SLEEPING } from './sim/kthread.ts';

// The scene "lock-cycle": patch 5 keeps the rest of a batch locked while a span is written (P5.9, B4).

/** thread in function (called from function) waits for page N of file (pfn N), locked by thread */
const WAIT = /^(\S+) in (\S+) \(called from (\S+)\) waits for page (\d+) of (\S+) \(pfn (\d+)\), locked by (\S+)$/;

test('with the historical bugs the run stops with a cycle named by threads, pages and functions, and the machine agrees', () => {
  const { engine, m } = run(lockCycleScene, 60, { machine: 'A' });
  const sentence = engine.stopped ?? '';
  const [head, rest] = sentence.split(' in a cycle: ') as [string, string];
  expect(head).toBe('page locks wait');
  const waits = rest.split('; ').map((text) => WAIT.exec(text)!);
  expect(waits.length).toBeGreaterThanOrEqual(2);
  const k = engine.kernel;
  waits.forEach((wait, at) => {
    const [, thread, fn, caller, index, file, pfn, holder] = wait as unknown as readonly string[];
    expect(holder).toBe(waits[(at + 1) % waits.length]![1]); // it closes
    const t = k.m.sim.threads.find(({ name }) => name === thread)!;
    expect([t.state, t.waitKind, t.waitId]).toEqual([SLEEPING, WAIT_PAGE_LOCK, Number(pfn)]);
    expect(k.m.sim.threads[k.pages.columns.lockedBy[Number(pfn)]!]!.name).toBe(holder);
    expect([k.pages.columns.index[Number(pfn)], k.space(k.pages.columns.space[Number(pfn)]!).name]).toEqual([
      Number(index),
      file,
    ]);
    const names = t.fns.map((fn) => k.sched.table[fn]!.name);
    expect(names.slice(-2)).toEqual([caller, fn]);
    expect(names).toContain('try_to_free_pages'); // two direct reclaimers
  });
  expect(m.lock_cycles).toBe(1);
  expect(engine.nowNs).toBeLessThan(60 * S);
  console.log(`lock-cycle A at ${engine.nowNs / S} s: ${sentence}`);
});

test('without them the same machine goes on to the end', () => {
  const { engine, m } = run(lockCycleScene, 60, { machine: 'B' });
  expect(engine.stopped).toBeUndefined();
  expect([engine.nowNs, m.lock_cycles]).toEqual([60 * S, 0]);
  expect(metric(m, 'written_by_direct')).toBeGreaterThan(1000);
  expect(metric(m, 'range_writes')).toBeGreaterThan(10);
});

test.each([2, 3, 4])('seed %i: A stops, B does not', (seed) => {
  expect(run(lockCycleScene, 60, { machine: 'A', seed }).engine.stopped).toMatch(/^page locks wait in a cycle: /);
  expect(run(lockCycleScene, 20, { machine: 'B', seed }).engine.stopped).toBeUndefined();
});
