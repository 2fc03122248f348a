import { LRUCache } from 'mnemonist';
import { describeError } from '../abi/errors.ts';
import type { KnobValues } from '../abi/knob.ts';
import type { Recording } from '../abi/recording.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { MS, PAGE_BYTES, PAGES_PER_MIB, type Pages, S } from '../abi/units.ts';
import { Engine } from '../engine/engine.ts';
import { VM } from '../engine/machine/vmstat.ts';
import { DEAD } from '../engine/sim/kthread.ts';

// The two sides of a comparison: the machine of the scenes and npm's mnemonist, on the same trace.

/** CPU time of this process in ms: the machine is shared, and a neighbour's time is not ours. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What `work` costs in CPU time. */
export function costMs(work: () => void): number {
  const beganMs = cpuMs();
  work();
  return cpuMs() - beganMs;
}

/** A machine that will play the trace on one mapped file with one task, kswapd, flusher and disk: no scene runs less. */
export function touchMachine(trace: Recording, filePages: Pages, memoryMib: number): Engine {
  return boot(
    {
      workload: 'touch-trace',
      knobs: {
        'workload.file_pages': filePages,
        'machine.memory_mib': memoryMib,
        'machine.reserved_percent': 0,
        'machine.swap_mib': 0,
      },
    },
    'A',
    trace,
  );
}

/** A headless machine of a scenario: as the CLI boots it. */
export function boot(
  scene: { workload: string; knobs: KnobValues } & Partial<Scenario>,
  machine: MachineId,
  trace?: Recording,
  keepsPast = false,
): Engine {
  const scenario: Scenario = {
    format: 'reclaimscope-scenario',
    version: 1,
    id: 'bench',
    title: '',
    watch: '',
    note: '',
    kernels: { A: 'v2.6.35-rc2', B: 'v2.6.35-rc2' },
    seed: 1,
    untilS: 1,
    knobsOf: { A: {}, B: {} },
    inputs: [],
    ...scene,
  };
  const booted = Engine.boot(scenario, machine, trace, keepsPast);
  if (!booted.ok) throw new Error(describeError(booted.error));
  return booted.value;
}

/** Thread 2 is the one task; kswapd and the flusher are 0 and 1. */
const TOUCHER = 2;

/** Plays the trace to its end. */
export function playOut(engine: Engine): void {
  for (let untilNs = engine.nowNs; engine.kernel.m.sim.threads[TOUCHER]!.state !== DEAD; ) {
    untilNs += 100 * S;
    engine.advance(untilNs);
  }
}

/** Plays until all pages of the file were touched once and nothing but hits is left. */
export function playUntilTouched(engine: Engine, pages: Pages): void {
  for (let untilNs = engine.nowNs; touchesOf(engine) < pages; ) {
    untilNs += MS;
    engine.advance(untilNs);
  }
}

export function touchesOf(engine: Engine): number {
  return engine.kernel.vm[VM.pages_touched]!;
}

/** Memory is bought by the MiB. */
export function memoryMibOf(pages: Pages): number {
  return Math.ceil(pages / PAGES_PER_MIB);
}

/** The trace's pages as the peer's keys. */
export function keysOf(trace: Recording): Int32Array {
  return Int32Array.from(trace.pos, (pos) => pos / PAGE_BYTES);
}

/** What the peer does with a trace: a look-up, and an insertion where it misses. It knows no dirt, no disk and no time. */
export class Peer {
  private readonly cache: LRUCache<number, number>;

  constructor(capacity: Pages) {
    // Typed arrays for keys and values: its fastest form.
    this.cache = new LRUCache<number, number>(Int32Array, Int32Array, capacity);
  }

  play(keys: Int32Array): number {
    const { cache } = this;
    let hits = 0;
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at]!;
      if (cache.get(key) !== undefined) hits++;
      else cache.set(key, key);
    }
    return hits;
  }
}
