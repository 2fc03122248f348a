import { type Pages, S } from '../abi/units.ts';
import type { Engine } from '../engine/engine.ts';
import { copyState } from '../engine/sim/checkpoint.ts';
import { hashState } from '../engine/sim/hash.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import {
  boot,
  costMs,
  keysOf,
  memoryMibOf,
  Peer,
  playOut,
  playUntilTouched,
  touchesOf,
  touchMachine,
} from './bench-sides.ts';
import { hitTrace, onceTrace, zipfTrace } from './bench-trace.ts';

/** One line of the table. `floor` and `ceiling` gate; a figure with neither is reported only. */
export interface Figure {
  readonly goal: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer?: number;
  /** Median of the rounds' own ratios; absent where there is no peer. */
  readonly ratio?: number;
  readonly rounds?: number;
  readonly floor?: number;
  readonly ceiling?: number;
}

/** How much is played: the full sizes gate, a test plays tiny ones. */
export interface Sizes {
  readonly rounds: number;
  readonly touches: number;
  readonly filePages: Pages;
  readonly hitPages: Pages;
  readonly hitTouches: number;
  readonly sceneS: number;
  readonly checkpointMib: number;
  readonly growth: readonly Pages[];
}

export const FULL: Sizes = {
  rounds: 5,
  touches: 4e6,
  filePages: 1e6,
  hitPages: 98_000,
  hitTouches: 10e6,
  sceneS: 60,
  checkpointMib: 1024,
  growth: [1 << 14, 1 << 16, 1 << 18, 1 << 20],
};

export function passes({ ours, ratio, floor, ceiling }: Figure): boolean {
  return (floor === undefined || (ratio ?? ours) >= floor) && (ceiling === undefined || ours <= ceiling);
}

/** All figures of one run, one after the other as they are measured. */
export function* measure(sizes: Sizes): Generator<Figure> {
  yield fullEngine(sizes);
  yield hitPath(sizes);
  yield* memory(sizes);
  yield sceneSpeed(sizes);
  yield* checkpoint(sizes);
  yield* growth(sizes);
}

/** Threads, faults, dirty state, reclaim and disk, against counting hits. */
function fullEngine({ rounds, touches, filePages }: Sizes): Figure {
  const trace = zipfTrace(filePages, touches, 7);
  const keys = keysOf(trace);
  const memory = Math.floor(filePages / 10);
  const memoryMib = Math.max(8, memoryMibOf(memory));
  const sides = interleave(
    rounds,
    () => {
      const engine = touchMachine(trace, filePages, memoryMib);
      return costMs(() => playOut(engine));
    },
    () => costMs(() => new Peer(memory).play(keys)),
  );
  return compared('full engine, zipf 1.0, memory 10 % of the file', touches, sides, 0.7);
}

/** Nothing but touches of pages that are there, after all were read in. */
function hitPath({ rounds, hitPages, hitTouches }: Sizes): Figure {
  const trace = hitTrace(hitPages, hitTouches, 7);
  const keys = keysOf(trace);
  const memoryMib = Math.max(8, Math.ceil(1.02 * memoryMibOf(hitPages))); // and what the watermarks keep
  let timed = 0;
  const sides = interleave(
    rounds,
    () => {
      const engine = touchMachine(trace, hitPages, memoryMib);
      playUntilTouched(engine, hitPages);
      timed = touchesOf(engine);
      const ms = costMs(() => playOut(engine));
      timed = touchesOf(engine) - timed;
      return (ms / timed) * hitTouches; // the last page read in may bring some hits with it
    },
    () => {
      const peer = new Peer(hitPages);
      peer.play(keys.subarray(0, hitPages));
      const hits = keys.subarray(hitPages);
      return costMs(() => peer.play(hits));
    },
  );
  return compared('hits alone, zipf 1.0, memory holds the file', hitTouches, sides, 4);
}

interface Sides {
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

/** Both sides in turn inside every round, after one round that warms the compiler up and is not counted. */
function interleave(rounds: number, ours: () => number, peer: () => number): Sides {
  const sides = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [mine, theirs] = round % 2 === 0 ? [ours(), peer()] : [peer(), ours()].reverse();
    if (round === 0) continue;
    sides.ours.push(mine!);
    sides.peer.push(theirs!);
  }
  return sides;
}

function compared(goal: string, touches: number, { ours, peer }: Sides, floor: number): Figure {
  const rate = (ms: readonly number[]) => touches / median(ms) / 1000;
  const ratio = median(ours.map((ms, round) => peer[round]! / ms));
  return { goal, unit: 'M touches/s', ours: rate(ours), peer: rate(peer), ratio, rounds: ours.length, floor };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1]!;
}

/** Bytes of the machine's own columns. */
function* memory({ filePages }: Sizes): Generator<Figure> {
  const { m } = touchMachine(onceTrace(filePages, 7), filePages, 64).kernel;
  const bytesOf = (arrays: Iterable<unknown>) =>
    [...arrays].reduce<number>((sum, array) => sum + (ArrayBuffer.isView(array) ? array.byteLength : 0), 0);
  yield {
    goal: 'frame columns',
    unit: 'bytes per page frame',
    ours: bytesOf(Object.values(m.pages)) / m.config.totalPages,
    ceiling: 48,
  };
  const { pageOf, diskVersion, dirtyTag, writebackTag } = m.spaces[0]!;
  yield { goal: 'page index of a file', unit: 'bytes per page of the file', ours: bytesOf([pageOf]) / filePages };
  yield {
    goal: 'disk versions and tags of a file',
    unit: 'bytes per page of the file',
    ours:
      bytesOf([diskVersion, dirtyTag.words, dirtyTag.summary, writebackTag.words, writebackTag.summary]) / filePages,
  };
}

/** Both machines of the scene that opens, one after the other in one thread, with checkpoints and history as on screen. */
function sceneSpeed({ sceneS, rounds }: Sizes): Figure {
  const speeds: number[] = [];
  for (let round = 0; round < Math.min(3, rounds); round++) {
    const ms = costMs(() => {
      for (const machine of ['A', 'B'] as const) boot(seekyVsRange, machine, undefined, true).advance(sceneS * S);
    });
    speeds.push((sceneS * 1000) / ms);
  }
  return {
    goal: 'seeky-vs-range, both machines',
    unit: 'virtual s per CPU s',
    ours: median(speeds),
    rounds: speeds.length,
    floor: 30,
  };
}

/** Time travel on a machine whose memory is in use. */
function* checkpoint({ checkpointMib, rounds }: Sizes): Generator<Figure> {
  const pages = checkpointMib * 256;
  const engine = touchMachine(onceTrace(pages, 7), pages, checkpointMib);
  playUntilTouched(engine, pages >> 1);
  const { m } = engine.kernel;
  let spare = copyState(m);
  const copies: number[] = [];
  const hashes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    copies.push(
      wallMs(() => {
        spare = copyState(m, spare);
      }),
    );
    hashes.push(wallMs(() => void hashState(m)));
  }
  yield { goal: `checkpoint into a spare, ${pages} page frames`, unit: 'ms', ours: median(copies), rounds };
  yield { goal: `state hash, ${pages} page frames`, unit: 'ms', ours: median(hashes), rounds };
}

/** Too short for the clock of CPU time. */
function wallMs(work: () => void): number {
  const beganMs = performance.now();
  work();
  return performance.now() - beganMs;
}

/** The same trace shape on larger and larger machines: what a touch costs. */
function* growth({ growth: sizes, touches }: Sizes): Generator<Figure> {
  for (const filePages of sizes) {
    const trace = zipfTrace(filePages, touches, 7);
    const ns = Array.from({ length: 2 }, () => {
      const engine: Engine = touchMachine(trace, filePages, Math.max(8, memoryMibOf(Math.floor(filePages / 10))));
      return (costMs(() => playOut(engine)) * 1e6) / touches;
    });
    yield { goal: `zipf 1.0 over ${filePages} pages`, unit: 'CPU ns per touch', ours: Math.min(...ns) };
  }
}
