import { describe, expect, test } from 'vitest';
import { MS, S } from '../abi/units.ts';
import { ddStream } from '../scenarios/dd-stream.ts';
import { GFP_FS, GFP_KERNEL } from './machine/gfp.ts';
import { createTask, FLUSHER } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';
import { type As, type DrawingOptions, type Drawn, machineFromText } from './machine-from-text.ts';
import { tryToFreePages } from './reclaim/direct.ts';
import { shrinkZone } from './reclaim/shrink-zone.ts';
import { boot, metric, run } from './scene-rig.ts';
import { dirtyableMemory } from './writeback/dirtyable.ts';
import { enterFlusher } from './writeback/flusher.ts';

/** Dirty and writeback pages of `dd-stream` in per cent of dirtyable memory, mean over each half second. */
function dirtyPercent(kernel: string, untilS: number, knobs: Record<string, number | boolean>): number[] {
  const engine = boot(ddStream, { kernel, knobs });
  const means: number[] = [];
  for (let half = 1; half <= untilS * 2; half++) {
    let sum = 0;
    for (let ms = 50; ms <= 500; ms += 50) {
      engine.advance((half - 1) * 500 * MS + ms * MS);
      const { vm } = engine.kernel;
      sum += (vm[VM.nr_file_dirty]! + vm[VM.nr_writeback]!) / dirtyableMemory(engine.kernel);
    }
    means.push(sum * 10);
  }
  return means;
}

describe('E4 a disk without a share of the dirty limit yet', () => {
  // Sizes stand for seeds: a sequential writer has no chance in it. ±1.2 for the looks every ratelimit_pages.
  test.each([48, 64, 96])(
    'E4 R5.9 2.6.35 holds its writer at 15 per cent first and lets it rise to 17 to 20: %i MiB',
    (memoryMib) => {
      const percent = dirtyPercent('v2.6.35-rc2', 6, { 'machine.bdi_warm': false, 'machine.memory_mib': memoryMib });
      expect(Math.abs(Math.min(...percent.slice(0, 2)) - 15)).toBeLessThan(1.2);
      expect(percent.at(-1)).toBeGreaterThan(17);
      expect(percent.at(-1)).toBeLessThan(20);
    },
  );

  test('E4 §9.2 the IO-less writer is not held by the share: 3.2 starts above the free-run zone at once', () => {
    const [cold, warm] = [false, true].map((bdi) => dirtyPercent('v3.2', 1, { 'machine.bdi_warm': bdi })[1]!);
    expect(cold).toBeGreaterThan(17);
    expect(Math.abs(cold! - warm!)).toBeLessThan(1);
  });
});

test('E3 §9.2 in 3.2 and 6.1 one dd settles between free-run and limit, nobody but the flusher writes, and the disk stays busy', () => {
  for (const kernel of ['v3.2', 'v3.6-memcg', 'v6.1']) {
    const { m } = run(ddStream, 6, { kernel });
    const base = run(ddStream, 6, { kernel: 'v2.6.35-rc2' }).m;
    expect(metric(m, 'written_by_flusher')).toBe(metric(m, 'pages_written'));
    expect(metric(m, 'pages_written') / metric(base, 'pages_written')).toBeGreaterThan(0.97);
  }
});

/** A drawn machine with a flusher. */
function withFlusher(text: string, options: DrawingOptions): Drawn {
  const rig = machineFromText(text, options);
  const flusher = createTask(rig.k.m.sim.threads.length, FLUSHER, 'flush-8:0', 'F');
  enterFlusher(flusher);
  rig.k.sched.start(flusher);
  rig.passNs(1 * MS);
  return rig;
}

describe('E21 the flusher is woken by a direct reclaimer that frees nothing', () => {
  // Referenced: a dirty page gets a lap before reclaim writes it (R3.9), so that only the flusher cleans.
  const storm = (kernel: string) => {
    const rig = withFlusher('free 4 swap 0\n file A 6000\n inactive_file: d{6000}!*', { kernel, serviceNs: 1 * S });
    rig.run('direct', (k, t) => tryToFreePages(k, t, 0, GFP_KERNEL));
    return { asked: rig.calls('flusher').map(Number), queued: rig.k.m.wbs[0]!.works.length, rig };
  };

  test('E21 R3.28 2.6.35: one work per priority; the first asks for some 64 pages, and all 6000 are flushed', () => {
    const { asked, rig } = storm('v2.6.35-rc2');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked[0]).toBeLessThan(100);
    expect(asked.every((pages, at) => pages > (asked[at - 1] ?? 0))).toBe(true);
    expect(rig.vm.nr_file_dirty).toBe(0); // below any background threshold
  });

  test('E21 §9.4 6.1: the batches ask for everything, and there is never a second work', () => {
    const { asked, queued, rig } = storm('v6.1');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.every((pages) => pages === 0)).toBe(true);
    expect(queued).toBe(0);
    rig.serviceNs = 1 * MS;
    rig.passNs(60 * S);
    expect(rig.vm.nr_file_dirty).toBe(0);
  });
});

describe('E26 more under writeback than 1.1 times a small dirty limit', () => {
  const nap = (as: As, kernel: string, gfp = GFP_KERNEL) => {
    const rig = machineFromText('free 4 swap 0\n memcg tiny 9999\n inactive_file: w{800}~ p{3200}&', {
      kernel,
      sysctl: { dirtyRatio: 5 },
    });
    const { t, answer } = rig.start(as, shrinkZone, ({ sc }) => {
      Object.assign(sc, { gfp, priority: 6 });
    });
    rig.passNs(1050 * MS);
    return { rig, t, naps: answer() === undefined ? 'on' : 'over', reclaimed: t.sc.nrReclaimed };
  };

  test('E26 R5.10 every reclaimer naps after shrink_zone(), kswapd too, though it has freed clean pages; without __GFP_FS once', () => {
    for (const as of ['direct', 'kswapd', 'memcg'] as const) expect(nap(as, 'v2.6.35-rc2').naps).toBe('on');
    expect(nap('kswapd', 'v2.6.35-rc2').reclaimed).toBeGreaterThan(31);
    expect(nap('direct', 'v2.6.35-rc2', GFP_KERNEL & ~GFP_FS).naps).toBe('over');
    const { rig } = nap('direct', 'v2.6.35-rc2', GFP_KERNEL & ~GFP_FS);
    expect(rig.vm.nr_writeback).toBe(800);
  });

  test('E26 §9.3 §9.4 3.6 still does, 6.1 does not', () => {
    expect([nap('kswapd', 'v3.6-memcg').naps, nap('kswapd', 'v6.1').naps]).toEqual(['on', 'over']);
  });
});
