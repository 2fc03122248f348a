import { expect, test } from 'vitest';
import { METRIC_INDEX, type MetricName } from '../abi/metrics.ts';
import { MS, S, US } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { inLine } from './machine/line.ts';
import { ASYNC, SYNC } from './machine/waits.ts';
import { boot, SMALL } from './scene-rig.ts';

// What a frame says of the disk, against the engine's own rows and against the clock.

test('the queue, the drive and the pool of a frame are those of the machine', () => {
  const engine = boot(seekyVsRange, SMALL);
  const seen = { queued: 0, inDrive: 0 };
  for (let atNs = 1 * S; atNs < 3 * S; atNs += 40 * MS) {
    engine.advance(atNs);
    const { disk } = engine.takeAdvance().frame;
    const { requests, arrival, inFlight, count } = engine.kernel.blocks[0]!;
    const { congested } = engine.kernel.m.bdis[0]!;
    const queued = inLine(arrival).sort((a, b) => requests.sector[a]! - requests.sector[b]!);
    const { queueSector, queueSectors, queueWrite, queueNs, queueTask, inDrive, lent } = disk;
    expect(Array.from(queueSector, (sector, row) => [sector, queueSectors[row], queueWrite[row]])).toEqual(
      queued.map((id) => [requests.sector[id], requests.sectors[id], requests.direction[id]]),
    );
    expect(Array.from(queueNs, (ns, row) => [ns, queueTask[row]])).toEqual(
      queued.map((id) => [requests.queuedNs[id], requests.task[id]]),
    );
    expect(inDrive.map(({ sector, startNs }) => [sector, startNs])).toEqual(
      inFlight.map((id) => [requests.sector[id], requests.issuedNs[id]]),
    );
    for (const { queuedNs, startNs } of inDrive) expect(startNs).toBeGreaterThanOrEqual(queuedNs);
    // Every request that the pool has lent waits or is in the drive.
    expect(lent.sync + lent.async).toBe(queueSector.length + inDrive.length);
    expect(lent).toEqual({ sync: count[SYNC], async: count[ASYNC] });
    expect(disk.congested).toEqual({ sync: congested[SYNC], async: congested[ASYNC] });
    seen.queued += queued.length;
    seen.inDrive += inFlight.length;
  }
  expect(seen.queued).toBeGreaterThan(50);
  expect(seen.inDrive).toBeGreaterThan(20);
});

test('R7.10 seek, rotation and transfer of a request are its time in the drive, but for the command overhead', () => {
  const engine = boot(seekyVsRange, SMALL);
  engine.advance(3 * S);
  const { requests, frame } = engine.takeAdvance();
  const { startNs, endNs, seekNs, rotateNs, transferNs } = requests;
  expect(startNs.length).toBeGreaterThan(100);
  // Begin and end are whole microseconds, as a trace has them.
  const overheadNs = Array.from(startNs, (start, row) => {
    return endNs[row]! - start - seekNs[row]! - rotateNs[row]! - transferNs[row]!;
  });
  expect(Math.min(...overheadNs)).toBeGreaterThan(150e3 - 2 * US);
  expect(Math.max(...overheadNs)).toBeLessThan(150e3 + 2 * US);
  const sums: readonly (readonly [MetricName, Float64Array])[] = [
    ['disk_seek_s', seekNs],
    ['disk_rotate_s', rotateNs],
    ['disk_transfer_s', transferNs],
  ];
  for (const [name, column] of sums) {
    const sumS = column.reduce((all, ns) => all + ns, 0) / S;
    expect(frame.metrics[METRIC_INDEX[name]]).toBeCloseTo(sumS, 3);
  }
});
