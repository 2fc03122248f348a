import { describe, expect, test } from 'vitest';
import { ssd80 } from './block/disks/flash/ssd-x25m.ts';
import { hdd7200 } from './block/disks/rotational/hdd-7200.ts';
import type { DeviceDriver } from './machine/disk.ts';
import { DISK_STAT } from './machine/disk-stat.ts';
import { createTask, FLUSHER, setWbc } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';
import { type Drawn, machineFromText } from './machine-from-text.ts';
import { shrinkInactiveList } from './reclaim/shrink-inactive.ts';
import { createPrng, shuffled } from './sim/prng.ts';
import { enterFlusher } from './writeback/flusher.ts';
import { wakeupFlusherThreads } from './writeback/works.ts';
import { writebackInodesWb } from './writeback/writeback-inodes.ts';

// What writers do to a real drive, from dirty pages on the LRU to the platter.

/** Dirty pages of `files` files, oldest first. */
function dirtyMachine(files: number, oldestFirst: readonly string[], scheduler: string, device: DeviceDriver): Drawn {
  const names = Array.from({ length: files }, (_, n) => `file F${n} ${oldestFirst.length / files}`).join('\n ');
  const text = `free 64\n ${names}\n inactive_file: ${[...oldestFirst].reverse().join(' ')}`;
  return machineFromText(text, { sysctl: { scheduler, dirtyRatio: 5, dirtyBackgroundRatio: 0 }, device });
}

/** Runs until nothing is on its way any more; answers what the disk did while it was busy. */
function untilClean({ k, passNs }: { k: Drawn['k']; passNs: (ns: number) => void }): { perS: number; kib: number } {
  const onItsWay = () => k.vm[VM.nr_writeback]! + k.blocks[0]!.count[1];
  do passNs(0.5e9);
  while (onItsWay() > 0);
  const { stat } = k.blocks[0]!;
  return {
    perS: (k.vm[VM.pages_completed]! * 1e9) / stat[DISK_STAT.busy_ns]!,
    kib: stat[DISK_STAT.sectors]! / 2 / stat[DISK_STAT.write_requests]!,
  };
}

describe('E9 N interleaved writers: kswapd meets a page of each file in turn', () => {
  const PAGES_EACH = 16;
  function write(files: number, seed: number, scheduler: string): { perS: number; kib: number } {
    const rng = createPrng(seed, 1);
    const oldestFirst: string[] = [];
    for (let page = 0; page < PAGES_EACH; page++)
      for (const file of shuffled(rng, files)) oldestFirst.push(`p${file}_${page}/F${file}:${page}!`);
    const rig = dirtyMachine(files, oldestFirst, scheduler, hdd7200);
    rig.start('kswapd', (k, t) => shrinkInactiveList(k, t, files * PAGES_EACH, true));
    return untilClean({ k: rig.k, passNs: (ns) => rig.passNs(ns) });
  }

  test.each(['deadline', 'cfq', 'noop'])(
    'R7.1 R7.5 merging survives while the streams fit in 128 requests; beyond there is a cliff: %s',
    (scheduler) => {
      for (const seed of [1, 2, 3]) {
        const [few, many, tooMany] = [24, 100, 220].map((files) => write(files, seed, scheduler));
        console.log(
          `E9 ${scheduler} seed ${seed}: 24 files ${few!.perS.toFixed(0)} pages/s in requests of ${few!.kib.toFixed(1)} KiB, 100 files ${many!.perS.toFixed(0)} in ${many!.kib.toFixed(1)}, 220 files ${tooMany!.perS.toFixed(0)} in ${tooMany!.kib.toFixed(1)}`,
        );
        for (const fits of [few!, many!]) expect(fits.kib).toBeGreaterThan(0.9 * PAGES_EACH * 4);
        expect(many!.perS).toBeGreaterThan(0.85 * few!.perS);
        expect(tooMany!.kib).toBeLessThan(12);
        expect(tooMany!.perS).toBeLessThan(many!.perS / 5);
      }
    },
  );
});

describe('E10 direct reclaim, flusher and dirtier at the same time, against the flusher alone', () => {
  const FILES = 4;
  const PAGES = 6000;
  function write(together: boolean, seed: number, scheduler: string, device: DeviceDriver): number {
    const oldestFirst = shuffled(createPrng(seed, 1), PAGES).map(
      (n) => `p${n}/F${n % FILES}:${Math.floor(n / FILES)}!`,
    );
    const rig = dirtyMachine(FILES, oldestFirst, scheduler, device);
    const { k } = rig;
    const flusher = createTask(k.m.sim.threads.length, FLUSHER, 'flush-8:0', 'F');
    enterFlusher(flusher);
    k.sched.start(flusher);
    wakeupFlusherThreads(k, PAGES);
    if (together) {
      for (let n = 0; n < 2; n++) rig.start('direct', (kernel, t) => shrinkInactiveList(kernel, t, PAGES, true));
      rig.start('task', (kernel, t) => {
        setWbc(t, { nrToWrite: PAGES, rangeCyclic: true });
        return writebackInodesWb(kernel, t, kernel.m.wbs[0]!);
      });
    }
    const { perS } = untilClean({ k, passNs: (ns) => rig.passNs(ns) });
    expect(k.vm[VM.pages_completed]).toBeGreaterThan(0.95 * PAGES);
    if (together) expect(Math.min(k.vm[VM.written_by_direct]!, k.vm[VM.written_by_task]!)).toBeGreaterThan(0);
    return perS;
  }

  test.each(['deadline', 'cfq'])(
    'throughput below the flusher alone on a disk that turns; on an SSD the difference almost vanishes: %s',
    (scheduler) => {
      const shares: number[] = [];
      for (const seed of [1, 2, 3, 4]) {
        const share = (device: DeviceDriver) =>
          write(true, seed, scheduler, device) / write(false, seed, scheduler, device);
        const [disk, ssd] = [share(hdd7200), share(ssd80)];
        console.log(
          `E10 ${scheduler} seed ${seed}: together ${(100 * disk).toFixed(0)} % of the flusher alone on the disk, ${(100 * ssd).toFixed(1)} % on the SSD`,
        );
        shares.push(disk);
        expect(disk).toBeLessThan(0.99);
        expect(ssd).toBeGreaterThan(0.98);
        expect(ssd).toBeLessThan(1.02);
      }
      expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.95);
    },
  );
});
