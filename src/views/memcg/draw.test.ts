import { expect, test } from 'vitest';
import type { MachineFrame, MemcgFrame } from '../../abi/frame.ts';
import type { ListFrame } from '../../abi/look.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawGroups, markGroups } from './draw.ts';
import { GROUP_PX, HEAD_PX, heightOf, INDENT_PX, rowsOf, ZONE_BAR_PX, zoneShares } from './layout.ts';
import { groupAt } from './pick.ts';
import { TERMS } from './terms.ts';
import { memcgText, reclaimersWords, showsDirty, zoneWords } from './text.ts';

const palette = lookOf('dark', 1440);
const list = (pages: number, dirtyPages = 0, writebackPages = 0): ListFrame => ({ pages, dirtyPages, writebackPages });
const db: MemcgFrame = {
  name: 'db',
  parent: '',
  usagePages: 900,
  limitPages: 1000,
  softLimitPages: 500,
  wmarks: { low: Infinity, high: Infinity },
  backgroundThreshPages: Infinity,
  dirtyThreshPages: Infinity,
  anonPages: 100,
  cleanPages: 300,
  dirtyPages: 400,
  writebackPages: 100,
  failcnt: 7,
  stalledNs: 340e6,
  lists: [list(60), list(40, 5), list(600, 300, 100), list(200, 100), list(0), list(0)],
};
const logs: MemcgFrame = {
  ...db,
  name: 'logs',
  parent: 'db',
  usagePages: 100,
  limitPages: Infinity,
  softLimitPages: Infinity,
  lists: [list(0), list(0), list(150), list(0), list(0), list(0)],
};
const batch: MemcgFrame = { ...logs, name: 'batch', parent: '' };
const frame = {
  memcgs: [db, batch, logs],
  listPages: [60, 40, 1000, 200, 0, 0],
  memory: { totalPages: 4000, pageBytes: 4096 },
  tasks: [
    { letter: 'W1', reclaim: 'memcg' },
    { letter: 'W2', reclaim: 'direct' },
  ],
} as unknown as MachineFrame;
const size = { width: 414, height: heightOf(3) };

function drawn(showsDirtyPages: boolean) {
  const { ctx, calls } = recordingContext();
  drawGroups(ctx, size, frame, showsDirtyPages, palette);
  const rects = calls
    .filter(({ name }) => name === 'fillRect')
    .map(({ fillStyle, args }) => [fillStyle, ...args.map((arg) => Math.round(arg as number))]);
  return { calls, rects };
}

test('a group stands below the one whose usage contains it, further right', () => {
  expect(rowsOf(frame.memcgs).map(({ memcg, depth }) => [memcg.name, depth])).toEqual([
    ['db', 0],
    ['logs', 1],
    ['batch', 0],
  ]);
  const moves = drawn(true).calls.filter(({ name }) => name === 'translate');
  expect(moves.map(({ args }) => args)).toEqual([
    [0, HEAD_PX],
    [INDENT_PX, GROUP_PX + HEAD_PX],
    [0, 2 * GROUP_PX + HEAD_PX],
  ]);
});

test('usage in its limit: anonymous, clean, dirty, being written, on one scale; limit and soft limit named', () => {
  const { calls, rects } = drawn(true);
  // 400 px for 1010 pages.
  expect(rects.slice(1, 5)).toEqual([
    [palette.unevictable, 0, 3, 40, 8],
    [palette.clean, 40, 3, 119, 8],
    [palette.dirty, 158, 3, 158, 8],
    [palette.writeback, 317, 3, 40, 8],
  ]);
  const marks = calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0]);
  expect(marks).toEqual(['limit', 'soft']);
});

test('five lists per group, as many pixels as pages; a group without pages has empty ones', () => {
  const y = HEAD_PX + 34;
  const own = drawn(true).rects.filter(([, , top]) => top === y);
  expect(own.filter(([colour]) => colour === palette.free)).toHaveLength(5);
  // A list is (414 - 4 · 8) / 5 = 76.4 px wide for 1000 pages; the third begins at 168.8.
  expect(own.filter(([colour]) => colour === palette.dirty)).toEqual([
    [palette.dirty, 87, y, 1, 6],
    [palette.dirty, 184, y, 23, 6],
    [palette.dirty, 261, y, 8, 6],
  ]);
});

test('what the kernel could not see is hatched, and only that', () => {
  expect(drawn(true).calls.filter(({ name }) => name === 'stroke')).toHaveLength(0);
  expect(drawn(false).calls.filter(({ name }) => name === 'stroke').length).toBeGreaterThan(3);
  expect(showsDirty('v2.6.35-rc2', 'none')).toBe(false);
  expect(showsDirty('v3.6-memcg', 'none')).toBe(false);
  expect(showsDirty('rfc-v1', 'dirty-ratio')).toBe(true);
  expect(showsDirty('v4.2-cgwb', 'cgroup-writeback')).toBe(true);
  expect(showsDirty('v6.1', 'none')).toBe(true);
});

test('the zone’s list is shared out among the groups, the rest is of none', () => {
  expect(zoneShares(frame).map(({ name, pages }) => [name, pages])).toEqual([
    ['db', 600],
    ['batch', 150],
    ['logs', 150],
    ['', 100],
  ]);
  const y = 3 * GROUP_PX + HEAD_PX;
  const parts = drawn(true).rects.filter(([, , top]) => top === y);
  expect(parts.map(([colour, left]) => [colour, left])).toEqual([
    [palette.free, 0],
    [palette.memcg, 0],
    [palette.memcg, 248],
    [palette.memcg, 311],
    [palette.task, 373],
  ]);
  expect(zoneWords(frame)).toBe('db 600 · batch 150 · logs 150');
});

test('a pointer finds the group of a block, and of a part of the zone’s list', () => {
  const at = (x: number, y: number) => groupAt(x, y, 414, frame);
  expect(at(10, 5)).toBe('db');
  expect(at(10, GROUP_PX + 1)).toBe('logs');
  expect(at(400, 3 * GROUP_PX - 1)).toBe('batch');
  const zone = 3 * GROUP_PX + HEAD_PX + 1;
  expect(at(10, zone)).toBe('db');
  expect(at(260, zone)).toBe('batch');
  expect(at(400, zone)).toBeUndefined();
  expect(at(10, zone - 5)).toBeUndefined();
  expect(at(10, zone + ZONE_BAR_PX)).toBeUndefined();
});

test('a lit group is framed where it stands; one that this machine has not, nowhere', () => {
  const framesOf = (name: string) => {
    const { ctx, calls } = recordingContext();
    markGroups(ctx, size, frame, [{ thing: { kind: 'memcg', name }, isPinned: false, found: undefined }], palette);
    return calls.filter((call) => call.name === 'strokeRect').map(({ args }) => args);
  };
  const [first] = framesOf('logs');
  expect(first![0]).toBeGreaterThanOrEqual(INDENT_PX);
  expect(first![1]).toBeGreaterThan(GROUP_PX);
  expect((first![0] as number) + (first![2] as number)).toBeLessThanOrEqual(size.width);
  expect(framesOf('gone')).toEqual([]);
});

test('in words: who cleans, who is held, each group with its lists and its share of the zone’s list', () => {
  const text = memcgText(frame, 'memcg reclaim itself');
  expect(text).toMatch(/^What cleans a group: memcg reclaim itself\. In reclaim at a limit: W1\. /);
  expect(text).toContain('Group db: 3.5 MiB of 3.9 MiB, soft limit 2.0 MiB, failcnt 7, stalled 0.340 s.');
  expect(text).toContain('inactive file 600, 300 dirty, 100 being written;');
  expect(text).toContain("600 of the zone's 1\u2009000 inactive file pages are its own (60\u2009%).");
  expect(text).toContain('Group logs inside db: 0.4 MiB without a limit,');
  expect(memcgText({ ...frame, memcgs: [] }, '')).toBe('There are no memory cgroups.');
  expect(reclaimersWords([])).toBe('nobody');
});

test('a definition reads what the picture shows, a line per group', () => {
  const read = (name: string) => TERMS.find((term) => term.name === `memcg:${name}`)!.of(frame);
  expect(read('usage')[0]).toBe('db: 3.5 MiB');
  expect(read('limit')[1]).toBe('batch: none');
  expect(read('failcnt')[0]).toBe('db: 7');
  expect(read('stalled')[0]).toBe('db: 0.340 s');
  expect(read('inactive_file')[0]).toBe('db: 600 pages, 300 dirty, 100 being written');
  expect(read('zone')[0]).toBe('db: 600 pages');
  expect(read('unseen')[0]).toBe('db: 400 dirty, 100 being written');
});
