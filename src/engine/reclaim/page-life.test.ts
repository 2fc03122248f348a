import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

/** One batch: everything on a short inactive file list. */
const pass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);
const MS = 1e6;

test('G14 a clean, referenced, unmapped file page at the tail is freed in one pass', () => {
  const rig = machineFromText('free 4\n inactive_file: a*');

  rig.run('direct', pass);

  expect(rig.page('a')).toBe('a gone');
  expect(rig.free).toBe(5);
  expect(rig.log).toEqual([]);
});

test('G15 R3.9 the same page dirty is kept at the head without PG_referenced, and is not written', () => {
  const rig = machineFromText('free 4\n inactive_file: p{40} a*!');

  rig.run('direct', pass);

  expect(rig.list('inactive_file')).toMatch(/^a! p1 /);
  expect(rig.log).toEqual([]);
  expect(rig.vm).toMatchObject({ pgsteal: 31, nr_vmscan_write: 0 });
});

test('G15 R3.23 met again it is written, one page, and kept under writeback with PG_reclaim: freed 0', () => {
  const rig = machineFromText('free 4\n inactive_file: a!');

  rig.run('direct', pass);

  expect(rig.list('inactive_file')).toBe('a~%');
  expect(rig.log).toEqual(['writepage a', 'bio W 0: a']);
  expect(rig.vm).toMatchObject({ nr_vmscan_write: 1, pgsteal: 0, nr_file_dirty: 0, nr_writeback: 1 });
});

test('G15 R3.37 R3.38 the write over, the page is at the tail, clean; the next pass frees it', () => {
  const rig = machineFromText('free 4\n inactive_file: p{40} a!');
  rig.run('direct', pass);
  expect(rig.list('inactive_file')).toMatch(/^a~% /);

  rig.passNs(10 * MS);
  expect(rig.list('inactive_file')).toMatch(/ a$/);
  expect(rig.vm).toMatchObject({ pgrotated: 1, nr_writeback: 0 });

  rig.run('direct', pass);
  expect(rig.page('a')).toBe('a gone');
});

test('G15 the whole life of a referenced dirty page, from its free lap to the free list', () => {
  const rig = machineFromText('free 4\n inactive_file: a*!');
  const seen = Array.from({ length: 5 }, () => {
    rig.run('direct', pass);
    const now = rig.page('a');
    if (now === 'a~%') rig.passNs(10 * MS);
    return now;
  });

  expect(seen).toEqual(['a!', 'a~%', 'a gone', 'a gone', 'a gone']);
});

test('G16 R3.38 the write ends while the page is isolated: at the head, not the tail; the hint is lost; freed next', () => {
  // Page a merges into the second request of a full pool; then b has to wait for a request until a is written.
  const inPool = Array.from({ length: 130 }, (_, at) => `f${at}/F:${2 * at}~`).join(' ');
  const rig = machineFromText(`free 4\n active_file: ${inPool}\n inactive_file: b! a/F:3! p{20}@`);
  rig.run('task', (k, t) => {
    for (let at = 0; at < 130; at++) {
      k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 1e6 + at * 16, pfns: [rig.pfn(`f${at}`)] });
    }
    return 0;
  });
  expect(rig.k.m.blocks[0]!.count).toEqual([0, 130]);

  rig.run('kswapd', pass);

  expect(rig.list('inactive_file')).toMatch(/^b~% a p1@ /);
  expect(rig.vm.pgrotated).toBe(0);
  rig.run('kswapd', pass);
  expect(rig.page('a')).toBe('a gone');
});

test('G17 R3.8 a mapped young page is kept once; young again it is activated', () => {
  const rig = machineFromText('free 4\n inactive_file: a^');

  rig.run('direct', pass);
  expect(rig.list('inactive_file')).toBe("a*'");

  rig.k.pages.setYoung(rig.pfn('a'));
  rig.run('direct', pass);
  expect(rig.list('inactive_file')).toBe('');
  expect(rig.list('active_file')).toBe("a*'");
  expect(rig.vm.pgactivate).toBe(1);
});

test('G17 R3.8 not touched again it is unmapped and freed if clean', () => {
  const rig = machineFromText('free 4\n inactive_file: a^');

  rig.run('direct', pass);
  expect(rig.list('inactive_file')).toBe("a*'");
  rig.run('direct', pass);

  expect(rig.page('a')).toBe('a gone');
});

test('G17 not touched again but dirty it is unmapped and kept, and not written', () => {
  const rig = machineFromText('free 4\n inactive_file: a!^');

  rig.run('direct', pass);
  rig.run('direct', pass);

  expect(rig.list('inactive_file')).toBe('a!');
  expect(rig.log).toEqual([]);
});

test('R3.24 dirty pages that are kept go to the head, the newest of them first', () => {
  const rig = machineFromText('free 4\n inactive_file: p{40} c*! b@ a*!');

  rig.run('direct', pass);

  expect(rig.list('inactive_file')).toMatch(/^c! b@ a! p1 p2 /);
});

test('R3.40 who clears a page for I/O clears PG_reclaim: what the flusher writes is not rotated', () => {
  const rig = machineFromText('free 4\n inactive_file: b a!%');

  rig.run('task', (k, t) => {
    t.wbc.nrToWrite = 1024;
    return k.call.doWritepages(k, t, rig.space('A'));
  });
  expect(rig.list('inactive_file')).toBe('b a~');
  rig.passNs(10 * MS);

  expect(rig.list('inactive_file')).toBe('b a');
  expect(rig.vm.pgrotated).toBe(0);
});

test.each([
  ['locked', 'a~%@'],
  ['dirty', 'a!~%'],
])('R3.38 a %s page is not rotated when its write ends, and PG_reclaim is gone', (_why, drawn) => {
  const rig = machineFromText(`free 4\n inactive_file: ${drawn} b`);
  rig.run('task', (k, t) =>
    k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 0, pfns: [rig.pfn('a')] }),
  );

  rig.passNs(10 * MS);

  expect(rig.list('inactive_file')).toBe(`${drawn.replace(/[~%]/g, '')} b`);
  expect(rig.vm.pgrotated).toBe(0);
});

test('R3.38 an active page is not rotated', () => {
  const rig = machineFromText('free 4\n active_file: a~% b');
  rig.run('task', (k, t) =>
    k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 0, pfns: [rig.pfn('a')] }),
  );

  rig.passNs(10 * MS);

  expect(rig.list('active_file')).toBe('a b');
});

test.each([
  [true, 'a& b&'],
  [false, 'b& a&'],
])('R3.39 B2 with the historical bugs %s the memcg list after the write is %s', (historicalBugs, expected) => {
  const rig = machineFromText('free 4\n memcg tiny 16\n inactive_file: a~%& b&', { sysctl: { historicalBugs } });
  rig.run('task', (k, t) =>
    k.call.submitBio(k, t, { write: true, sync: false, disk: 0, sector: 0, pfns: [rig.pfn('a')] }),
  );

  rig.passNs(10 * MS);

  expect(rig.list('inactive_file')).toBe('b& a&');
  expect(rig.list('inactive_file', 1)).toBe(expected);
});
