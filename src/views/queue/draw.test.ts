import { expect, test } from 'vitest';
import type { DiskFrame, MachineFrame } from '../../abi/frame.ts';
import type { Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { fileOf } from '../shared/file-frame.test-double.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawQueues, markQueues, POOL_MARKS } from './draw.ts';
import { BARS_PX, barsOf, DISK_PX, HEAD_PX, LETTERS_PX, PICTURE_PX, POOL_ROW_PX, POOL_WORDS_PX } from './layout.ts';
import { requestAt } from './pick.ts';
import { TERMS } from './terms.ts';
import { queueText } from './text.ts';

const palette = lookOf('dark', 1440);
const NOW_NS = 2e9;
const disk: DiskFrame = {
  name: '8:0',
  model: 'disk',
  nonrot: false,
  totalSectors: 1_000_000,
  headSector: 500_008,
  busy: true,
  inDrive: [{ sector: 500_000, sectors: 8, isWrite: true, queuedNs: NOW_NS - 500e6, startNs: NOW_NS - 4e6, task: 2 }],
  cachedSectors: 0,
  queueSector: Float64Array.of(100_000, 100_512, 800_000),
  queueSectors: Int32Array.of(8, 256, 8),
  queueWrite: Uint8Array.of(1, 1, 0),
  queueNs: Float64Array.of(NOW_NS - 1e9, NOW_NS - 250e6, NOW_NS - 100e6),
  queueTask: Int16Array.of(1, 1, 3),
  lent: { sync: 1, async: 96 },
  congested: { sync: false, async: true },
  files: [fileOf('one', 0, 100_000, 1000), fileOf('two', 1, 800_000, 1000)],
};
const second: DiskFrame = {
  ...disk,
  name: '8:16',
  nonrot: true,
  inDrive: [],
  queueSector: Float64Array.of(300),
  queueSectors: Int32Array.of(8),
  queueWrite: Uint8Array.of(1),
  queueNs: Float64Array.of(NOW_NS),
  queueTask: Int16Array.of(2),
  lent: { sync: 0, async: 1 },
  congested: { sync: false, async: false },
};
const frame = {
  disk,
  moreDisks: [second],
  nowNs: NOW_NS,
  tasks: [
    { id: 1, letter: 'W1', name: 'writer-1' },
    { id: 2, letter: 'K', name: 'kswapd0' },
    { id: 3, letter: 'R', name: 'reader' },
  ],
} as unknown as MachineFrame;
const size = { width: 400, height: 2 * DISK_PX };

const drawn = (of: MachineFrame = frame) => {
  const { ctx, calls } = recordingContext();
  drawQueues(ctx, size, of, palette);
  return calls;
};

test('requests lie in the order of their sectors, as wide as they have sectors, the oldest as tall as the row', () => {
  const [first, large, read, inDrive] = barsOf(disk, NOW_NS, 400);
  expect(first!.x).toBeLessThan(large!.x);
  expect(large!.x).toBeLessThan(inDrive!.x);
  expect(inDrive!.x).toBeLessThan(read!.x);
  expect(large!.wide).toBeGreaterThan(5 * first!.wide);
  expect([first!.tall, large!.tall, inDrive!.tall]).toEqual([BARS_PX, BARS_PX / 4, BARS_PX / 2]);
  expect([first!.ageNs, read!.ageNs]).toEqual([1e9, 100e6]);
  expect([first!.startNs, inDrive!.startNs]).toEqual([-1, NOW_NS - 4e6]);
});

test('writes are solid, reads hollow; the one in the drive is framed and as tall as the row', () => {
  const calls = drawn();
  const solid = calls.filter(
    ({ name, fillStyle, args }) =>
      name === 'fillRect' && fillStyle === palette.writeback && Number(args[1]) >= LETTERS_PX,
  );
  expect(solid.map(({ args }) => args[3])).toEqual([BARS_PX, BARS_PX / 4, BARS_PX, 5]);
  const strokes = calls
    .filter(({ name }) => name === 'strokeRect')
    .map(({ strokeStyle, args }) => [strokeStyle, args[3]]);
  expect(strokes).toEqual([
    [palette.text, 4],
    [palette.isolated, BARS_PX + 2],
  ]);
});

test('who submitted stands above: the one in the drive first, then the oldest; neighbours share a letter', () => {
  const texts = drawn()
    .filter(({ name }) => name === 'fillText')
    .map(({ args }) => String(args[0]));
  expect(texts.slice(2, 7)).toEqual(['K', 'W1', 'W1', 'R', '103']);
  const many = Array.from({ length: 60 }, (_, row) => 100_000 + 8 * row);
  const crowded = {
    ...second,
    queueSector: Float64Array.from(many),
    queueSectors: Int32Array.from(many, () => 8),
    queueWrite: Uint8Array.from(many, () => 1),
    queueNs: Float64Array.from(many, () => NOW_NS - 1e6),
    queueTask: Int16Array.from(many, () => 2),
  };
  const letters = drawn({ ...frame, disk: crowded, moreDisks: [] }).filter(
    ({ name, args }) => name === 'fillText' && args[0] === 'K',
  );
  expect(letters.length).toBeGreaterThan(10);
  expect(letters.length).toBeLessThan(60);
});

test('no word lies on another', () => {
  const moved: number[] = [];
  let top = 0;
  const words = drawn().flatMap(({ name, args }) => {
    if (name === 'save') moved.push(top);
    if (name === 'restore') top = moved.pop() ?? 0;
    if (name === 'translate') top += Number(args[1]);
    if (name !== 'fillText') return [];
    const from = Number(args[1]);
    return [{ row: `${top} ${args[2]}`, from, to: from + 7 * String(args[0]).length }];
  });
  for (const one of words)
    for (const other of words)
      if (one !== other && one.row === other.row) expect(one.to <= other.from || other.to <= one.from).toBe(true);
  expect(words.every(({ from, to }) => from >= 0 && to <= 400)).toBe(true);
});

test('the pool on a scale of 192, with the marks of get_request(); a congested class has a line', () => {
  const calls = drawn({ ...frame, moreDisks: [] });
  const scale = 400 - POOL_WORDS_PX - 2;
  const async = calls.filter(
    ({ name, args, fillStyle }) => name === 'fillRect' && fillStyle === palette.writeback && args[0] === POOL_WORDS_PX,
  );
  expect(async.map(({ args }) => args[2])).toEqual([scale / 2]);
  const marks = calls.filter(({ name, args }) => name === 'fillRect' && args[3] === 2 * POOL_ROW_PX - 1);
  expect(marks.map(({ args }) => Math.round(((Number(args[0]) + 0.75 - POOL_WORDS_PX) / scale) * 192))).toEqual(
    Object.values(POOL_MARKS),
  );
  const names = calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0]);
  expect(names.slice(-4)).toEqual(['103', '113', '128', '192']);
  expect(calls.filter(({ name, args }) => name === 'fillRect' && args[3] === 1.5)).toHaveLength(1);
});

test('a point is the request that is drawn there, of the disk whose row it is', () => {
  const [first, , read, inDrive] = barsOf(disk, NOW_NS, 400);
  const at = (x: number, row = 0, y = LETTERS_PX + 5) => requestAt(x, row * DISK_PX + HEAD_PX + y, 400, frame, 'A');
  expect(at(first!.x + 1)).toEqual({
    kind: 'request',
    machine: 'A',
    disk: 0,
    sector: 100_000,
    sectors: 8,
    startNs: -1,
  });
  expect(at(inDrive!.x + 1)).toMatchObject({ sector: 500_000, startNs: NOW_NS - 4e6 });
  // A little beside it is met too, further away nothing.
  expect(at(read!.x + read!.wide + 3)).toMatchObject({ sector: 800_000 });
  expect(at(read!.x - 12)).toBeUndefined();
  expect(at(barsOf(second, NOW_NS, 400)[0]!.x, 1)).toMatchObject({ disk: 1, sector: 300 });
  expect(at(first!.x, 0, -2)).toBeUndefined();
  expect(at(first!.x, 0, PICTURE_PX)).toBeUndefined();
  expect(at(first!.x, 2)).toBeUndefined();
});

test('a lit request is framed in its machine alone, of a lit thread all that it has', () => {
  const thing = requestAt(barsOf(disk, NOW_NS, 400)[0]!.x, HEAD_PX + LETTERS_PX, 400, frame, 'A')!;
  const frames = (machine: MachineId, of: Thing) => {
    const { ctx, calls } = recordingContext();
    markQueues(ctx, size, frame, machine, [{ thing: of, isPinned: false, found: undefined }], palette);
    return calls.filter(({ name }) => name === 'strokeRect').length;
  };
  // Two strokes each: ground around it, and the line.
  expect([frames('A', thing), frames('B', thing)]).toEqual([2, 0]);
  // kswapd has one in the drive of the first disk and one that waits for the second.
  expect(frames('A', { kind: 'task', id: 2 })).toBe(4);
});

test('the same in words; every number has its definition with what it reads now', () => {
  expect(queueText(frame)).toBe(
    'Disk 8:0: 2 writes and 1 read wait, of 45.3 KiB on average, the oldest for 1.0 s; submitted by writer-1 2, reader 1. The drive has had a write at sector 500\u2009000 for 4 ms. The pool has lent 96 async and 1 sync requests; async is congested. Disk 8:16: 1 write and 0 reads wait, of 4 KiB on average, the oldest for 0 ms; submitted by kswapd0 1. The pool has lent 1 async and 0 sync requests; neither is congested.',
  );
  const read = Object.fromEntries(TERMS.map(({ name, of }) => [name, of(frame)]));
  expect(read).toEqual({
    'queue:waiting': ['8:0: 3 wait, 1 in the drive', '8:16: 1 wait, 0 in the drive'],
    'queue:oldest': ['8:0: 1.0 s', '8:16: 0 ms'],
    'queue:size': ['8:0: 45.3 KiB, 3 requests', '8:16: 4 KiB, 1 requests'],
    'queue:async': ['8:0: 96, congested', '8:16: 1'],
    'queue:sync': ['8:0: 1', '8:16: 0'],
  });
});
