import { expect, test } from 'vitest';
import type { DiskFrame, RequestColumns } from '../../abi/frame.ts';
import { RequestHistory } from '../../store/request-history.ts';
import { fileOf } from '../shared/file-frame.test-double.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { timeAxis } from '../shared/time-axis.ts';
import { DISK } from './disk.test-double.ts';
import { bandsOf, queuedBox, requestBox, scaleOf } from './draw.ts';
import { countShown, markDisk, requestAt, requestBack } from './pick.ts';

const palette = lookOf('dark', 1440);
const size = { width: 486, height: 120 };
const disk: DiskFrame = {
  ...DISK,
  queueSector: Float64Array.of(500_000, 900_000),
  queueSectors: Int32Array.of(8, 16),
  queueWrite: Uint8Array.of(1, 1),
  queueNs: Float64Array.of(0, 0),
  queueTask: Int16Array.of(1, 4),
  files: [fileOf('one', 0, 0, 1_000_000)],
};

function scene() {
  const requests = new RequestHistory();
  const none = () => new Float64Array(2);
  const rows: RequestColumns = {
    disk: new Uint8Array(2),
    startNs: Float64Array.of(10e6, 60e6),
    endNs: Float64Array.of(20e6, 70e6),
    sector: Float64Array.of(200_000, 800_000),
    sectors: Int32Array.of(8, 80),
    write: Uint8Array.of(1, 0),
    by: new Uint8Array(2),
    seekNs: none(),
    rotateNs: none(),
    transferNs: none(),
  };
  requests.append(rows);
  return { disks: [disk], requests, pageBytes: 4096, atNs: 100e6, windowNs: 100e6, palette };
}
const first = { kind: 'request', machine: 'A', disk: 0, sector: 200_000, sectors: 8, startNs: 10e6 } as const;
const second = { ...first, sector: 800_000, sectors: 80, startNs: 60e6 };
const queued = { ...first, sector: 900_000, sectors: 16, startNs: -1 };

test('a request is found where it is drawn, a queued one at its tick, between them nothing', () => {
  const all = scene();
  const [band] = bandsOf(size, all);
  const scale = scaleOf(disk, band!.high);
  const served = requestBox(all.requests, 0, timeAxis(all.atNs, all.windowNs, band!.plot).xOf, scale, 4096);
  expect(requestAt(served.x + 1, served.y + 1, size, all, 'A')).toEqual(first);
  const tick = queuedBox(disk, 1, band!.bar, scale);
  expect(requestAt(tick.x + 1, tick.y, size, all, 'A')).toEqual(queued);
  expect(requestAt(served.x + 1, served.y + 30, size, all, 'A')).toBeUndefined();
});

test('arrow keys go back from the newest', () => {
  expect(countShown(scene())).toBe(2);
  expect([0, 1, 2].map((step) => requestBack(step, scene(), 'A'))).toEqual([second, first, undefined]);
});

test('lit: a request of this machine at its place; of a thread what it has in the queue', () => {
  const framed = (thing: Parameters<typeof markDisk>[3][number]['thing']) => {
    const { ctx, calls } = recordingContext();
    markDisk(ctx, size, scene(), [{ thing, isPinned: false, found: undefined }], 'A');
    return calls.filter(({ name, strokeStyle }) => name === 'strokeRect' && strokeStyle === palette.isolated).length;
  };
  expect(framed(first)).toBe(1);
  expect(framed(queued)).toBe(1);
  expect(framed({ ...first, machine: 'B' })).toBe(0);
  expect(framed({ kind: 'task', id: 4 })).toBe(1);
  expect(framed({ kind: 'task', id: 9 })).toBe(0);
});
