import { expect, test } from 'vitest';
import type { RequestColumns } from '../../abi/frame.ts';
import { RequestHistory } from '../../store/request-history.ts';
import { fileOf } from '../shared/file-frame.test-double.ts';
import { lbaScale } from '../shared/lba-scale.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { DISK as disk } from './disk.test-double.ts';
import { bandsOf, drawDisk, thickness } from './draw.ts';
import { ratesOf } from './rates.ts';
import { diskText } from './text.ts';

function rows(
  ...list: readonly (readonly [startMs: number, endMs: number, sector: number, pages: number])[]
): RequestColumns {
  const f = (at: 0 | 1 | 2, by = 1) => Float64Array.from(list, (row) => row[at] * by);
  const none = () => new Float64Array(list.length);
  return {
    disk: new Uint8Array(list.length),
    startNs: f(0, 1e6),
    endNs: f(1, 1e6),
    sector: f(2),
    sectors: Int32Array.from(list, (row) => row[3] * 8),
    write: new Uint8Array(list.length).fill(1),
    by: new Uint8Array(list.length),
    seekNs: none(),
    rotateNs: none(),
    transferNs: none(),
  };
}

test('small files are stretched, and order on the disk stays order on the screen', () => {
  const { yOf, files, isStretched } = lbaScale(disk, 100);
  expect(isStretched).toBe(true);
  expect(files[0]!.y1 - files[0]!.y0).toBeCloseTo(30);
  let last = -1;
  for (let sector = 0; sector <= 1_000_000; sector += 500) {
    const y = yOf(sector);
    expect(y).toBeGreaterThanOrEqual(last);
    last = y;
  }
  expect(yOf(0)).toBe(0);
  expect(yOf(1_000_000)).toBeCloseTo(100);
});

test('a disk full of files is drawn to scale', () => {
  const full = {
    totalSectors: 100,
    files: [
      { name: 'a', space: 0, startSector: 0, sectors: 50 },
      { name: 'b', space: 1, startSector: 50, sectors: 40 },
    ],
  };
  const scale = lbaScale(full, 200);
  expect(scale.isStretched).toBe(false);
  expect(scale.files).toEqual([
    { names: ['a'], y0: 0, y1: 100 },
    { names: ['b'], y0: 100, y1: 180 },
  ]);
  expect(scale.yOf(25)).toBe(50);
});

test('very many files that touch share a stretch', () => {
  const files = Array.from({ length: 30 }, (_, i) => ({ name: `f${i}`, space: i, startSector: i * 10, sectors: 10 }));
  expect(lbaScale({ totalSectors: 10_000, files }, 100).files).toMatchObject([{ names: { length: 30 } }]);
});

test('an empty disk has an axis too', () => {
  expect(lbaScale({ totalSectors: 1000, files: [] }, 100).yOf(500)).toBe(50);
});

test('a page is a dot, a range a bar with its page count', () => {
  expect(thickness(1)).toBe(2);
  expect(thickness(256)).toBe(10);
  const requests = new RequestHistory();
  requests.append(rows([10, 12, 100_000, 1], [500, 540, 800_000, 128]));
  const { ctx, calls } = recordingContext();
  const palette = lookOf('dark', 1440);
  drawDisk(
    ctx,
    { width: 486, height: 100 },
    { disks: [disk], requests, pageBytes: 4096, atNs: 1e9, windowNs: 1e9, palette, calm: true, seeks: 'any' },
  );
  const marks = calls.filter((call) => call.name === 'fillRect' && call.fillStyle === palette.writeback);
  expect(marks).toHaveLength(3); // two requests and one queued
  expect(calls.filter((call) => call.name === 'fillText').map((call) => call.args[0])).toEqual(['128', 'one', 'two']);
  expect(calls.some((call) => call.name === 'stroke')).toBe(false); // calm: no trail
});

test('what ended after now is not drawn: the past is kept when time is turned back', () => {
  const requests = new RequestHistory();
  requests.append(rows([10, 12, 100_000, 1], [500, 540, 800_000, 128]));
  expect(ratesOf(requests, 100e6, 1e9)).toMatchObject({ writes: 1, meanKib: 4 });
  expect(ratesOf(requests, 1e9, 1e9)).toMatchObject({ writes: 2, requestsPerS: 2, meanKib: 258 });
});

test('the same in words', () => {
  const requests = new RequestHistory();
  requests.append(rows([10, 12, 100_000, 1]));
  expect(diskText([disk], ratesOf(requests, 1e9, 1e9), 1e9)).toBe(
    'In the last 1 s the disk finished 1 writes and 0 reads of 4 KiB on average, 0.00 MiB/s. 1 requests wait. The head stands in one and is busy.',
  );
});

test('two disks are two bands, each with its own requests and its name', () => {
  const requests = new RequestHistory();
  const both = rows([10, 12, 100_000, 1], [500, 540, 800_000, 1], [600, 640, 800_000, 1]);
  both.disk[1] = 1;
  requests.append(both);
  const { ctx, calls } = recordingContext();
  const palette = lookOf('dark', 1440);
  const disks = [disk, { ...disk, name: '8:16', queueSector: new Float64Array(0) }];

  drawDisk(
    ctx,
    { width: 486, height: 106 },
    { disks, requests, pageBytes: 4096, atNs: 1e9, windowNs: 1e9, palette, calm: true, seeks: 'any' },
  );

  const bands = calls.filter(({ name }) => name === 'translate').map(({ args }) => args[1]);
  expect(bands).toEqual([0, 56]);
  const marks = calls.filter((call) => call.name === 'fillRect' && call.fillStyle === palette.writeback);
  expect(marks).toHaveLength(4); // two requests and one queued on the first, one request on the second
  const texts = calls.filter((call) => call.name === 'fillText').map((call) => call.args[0]);
  expect(texts).toEqual(['one', 'two', '8:0', 'one', 'two', '8:16']);
});

test('a disk with hardly a request in the time that is shown has a row for its name, the others the rest', () => {
  const requests = new RequestHistory();
  requests.append(rows([10, 12, 100_000, 1], [900, 940, 800_000, 1]));
  const idle = { ...disk, name: '254:0', busy: false, queueSector: new Float64Array(0) };
  const scene = { requests, pageBytes: 4096, atNs: 1e9, windowNs: 500e6 };
  const size = { width: 486, height: 124 };
  const placesOf = (disks: readonly (typeof disk)[]) =>
    bandsOf(size, { ...scene, disks }).map(({ top, high, isQuiet }) => [top, high, isQuiet]);
  expect(placesOf([disk, idle])).toEqual([
    [0, 100, false],
    [106, 18, true],
  ]);
  expect(placesOf([{ ...idle, name: '8:0' }, idle])[1]).toEqual([106, 18, true]); // a request 60 ms ago
  const { ctx, calls } = recordingContext();
  const palette = lookOf('dark', 1440);
  drawDisk(ctx, size, { ...scene, disks: [disk, idle], palette, calm: true, seeks: 'any' });
  const texts = calls.filter((call) => call.name === 'fillText').map((call) => call.args[0]);
  expect(texts).toEqual(['one', 'two', '8:0', '254:0']);
  expect(bandsOf(size, { ...scene, atNs: 3e9, disks: [idle, idle] }).map(({ high }) => high)).toEqual([59, 59]);
});

test('several disks in words, each with its state; a disk without a head has none to stand', () => {
  const ssd = { ...disk, name: '8:16', nonrot: true, busy: false };
  const requests = new RequestHistory();
  expect(diskText([disk, ssd], ratesOf(requests, 1e9, 1e9), 1e9)).toContain(
    'Disk 8:0: 1 requests wait. The head stands in one and is busy. Disk 8:16: 1 requests wait. It is idle.',
  );
});

test('a disk in which nothing turns shows no head; what its write cache holds is said', () => {
  const draw = (nonrot: boolean) => {
    const { ctx, calls } = recordingContext();
    const scene = {
      requests: new RequestHistory(),
      pageBytes: 4096,
      atNs: 1e9,
      windowNs: 1e9,
      palette: lookOf('dark', 1440),
      calm: true,
      seeks: 'any' as const,
    };
    drawDisk(ctx, { width: 486, height: 100 }, { ...scene, disks: [{ ...disk, nonrot }] });
    return calls.filter(({ name }) => name === 'lineTo').length;
  };

  expect([draw(false), draw(true)]).toEqual([2, 0]);
  expect(diskText([{ ...disk, cachedSectors: 64 }], ratesOf(new RequestHistory(), 1e9, 1e9), 1e9)).toContain(
    '64 sectors are in its write cache.',
  );
});

test('a file in pieces: its place is an outline, its pages are solid where they lie', () => {
  const file = { ...fileOf('one', 0, 0, 1000), placeSectors: 2000 };
  const pieces = [0, 1500].map((sector) => ({ sector, sectors: 250 }));
  const { ctx, calls } = recordingContext();
  const palette = lookOf('dark', 1440);
  const full = { ...disk, totalSectors: 2000, headSector: 0, files: [{ ...file, stretches: pieces }] };
  drawDisk(
    ctx,
    { width: 486, height: 102 },
    {
      disks: [full],
      requests: new RequestHistory(),
      pageBytes: 4096,
      atNs: 1e9,
      windowNs: 1e9,
      palette,
      calm: true,
      seeks: 'any',
    },
  );
  const solid = calls.filter((call) => call.name === 'fillRect' && call.fillStyle === palette.task);
  expect(solid.map(({ args }) => [args[1], args[3]])).toEqual([
    [0, 12.5],
    [75, 12.5],
  ]);
  const outlines = calls.filter(({ name, strokeStyle }) => name === 'strokeRect' && strokeStyle === palette.freeEdge);
  expect(outlines.map(({ args }) => [args[1], args[3]])).toEqual([[0.5, 99]]);
});
