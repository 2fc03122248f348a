import { expect, test } from 'vitest';
import type { RequestColumns } from '../abi/frame.ts';
import { RequestHistory } from './request-history.ts';
import { StallHistory } from './stall-history.ts';

function rows(...ends: number[]): RequestColumns {
  const endNs = Float64Array.from(ends);
  const f = () => new Float64Array(ends.length);
  const sectors = new Int32Array(ends.length).fill(8);
  const bytes = () => new Uint8Array(ends.length);
  return {
    disk: new Uint8Array(ends.length),
    startNs: endNs.map((ns) => ns - 1),
    endNs,
    sector: f(),
    sectors,
    write: bytes(),
    by: bytes(),
    seekNs: f(),
    rotateNs: f(),
    transferNs: f(),
  };
}

test('rows that come again after a seek are known already', () => {
  const history = new RequestHistory();
  history.append(rows(10, 20, 30));
  history.append(rows(20, 30, 40));
  history.append(rows(5));
  expect([...history.columns.endNs.subarray(0, history.rows)]).toEqual([10, 20, 30, 40]);
  expect(history.endedBy(29)).toBe(2);
  expect(history.endedBy(30)).toBe(3);
});

test('a fork cuts what came after it', () => {
  const history = new RequestHistory();
  history.append(rows(10, 20, 30));
  history.cut(20);
  history.append(rows(25));
  expect([...history.columns.endNs.subarray(0, history.rows)]).toEqual([10, 20, 25]);
});

test('two histories share no memory, and long ones let go of their older half', () => {
  const a = new RequestHistory();
  const b = new RequestHistory();
  a.append(rows(0.5));
  for (let i = 0; i < 300; i++) a.append(rows(...Array.from({ length: 1000 }, (_, n) => i * 1000 + n + 1)));
  expect(b.rows).toBe(0);
  b.append(rows(7));
  expect(a.columns.endNs[0]).not.toBe(7);
  expect(a.rows).toBeLessThanOrEqual(1 << 18);
  expect(a.horizonNs).toBeGreaterThan(0);
  expect(a.columns.endNs[a.rows - 1]).toBe(300_000);
});

test('two short histories share no memory either', () => {
  const a = new RequestHistory();
  const b = new RequestHistory();
  a.append(rows(3));
  b.append(rows(7));
  expect([a.columns.endNs[0], b.columns.endNs[0]]).toEqual([3, 7]);
});

test('of several that end at one time and come in two answers none is lost, and none is there twice', () => {
  const history = new StallHistory();
  const stalls = (...threads: number[]) => ({
    startNs: new Float64Array(threads.length).fill(3),
    endNs: new Float64Array(threads.length).fill(7),
    thread: Int16Array.from(threads),
    kind: new Uint8Array(threads.length),
  });
  history.append(stalls(1, 2));
  history.append(stalls(3));
  history.append(stalls(1, 2, 3));
  expect([...history.columns.thread.subarray(0, history.rows)]).toEqual([1, 2, 3]);
});
