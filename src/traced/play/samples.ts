import { SAMPLED } from '../../abi/counters.ts';
import { SAMPLE_ACTORS, SAMPLE_NS, type SampleColumns } from '../../abi/frame.ts';
import { MS, type Ns } from '../../abi/units.ts';
import { type Deeds, IN } from './deeds.ts';
import type { TraceIndex } from './index-of.ts';
import { countersAt, type Place } from './metrics-of.ts';
import { SUM } from './sums.ts';

/** An hour: what a trace has beyond it is played, and not sampled. */
const SAMPLES_MAX = 72_000;

/** A row per SAMPLE_NS of the whole trace, written once from its start to its end. */
export class SampleTable {
  readonly count: number;
  private taken = 0;
  private readonly threads: number;
  private readonly dirtyPages: Float64Array;
  private readonly writebackPages: Float64Array;
  private readonly counters: Float64Array;
  private readonly ran: Float32Array;
  private readonly stalled: Float32Array;
  private readonly acted: Float32Array;
  private readonly index: TraceIndex;

  constructor(index: TraceIndex) {
    this.index = index;
    this.count = Math.min(SAMPLES_MAX, Math.floor(index.rows.durationNs / SAMPLE_NS) + 1);
    this.threads = index.cast.actors.length;
    this.dirtyPages = new Float64Array(this.count);
    this.writebackPages = new Float64Array(this.count);
    this.counters = new Float64Array(this.count * SAMPLED.length);
    this.ran = activity(index, this.count);
    this.stalled = new Float32Array(this.count * this.threads);
    this.acted = new Float32Array(this.count * SAMPLE_ACTORS.length);
  }

  /** Time of the next sample; Infinity: all are taken. */
  get nextNs(): Ns {
    return this.taken < this.count ? this.taken * SAMPLE_NS : Number.POSITIVE_INFINITY;
  }

  /** The next one, with everything done that happens by then. */
  take(place: Place): void {
    const row = this.taken++;
    this.dirtyPages[row] = place.state.sums[SUM.dirtyPages]!;
    this.writebackPages[row] = place.state.sums[SUM.writebackPages]!;
    countersAt(place, this.counters, row * SAMPLED.length);
    const toNs = row * SAMPLE_NS;
    const fromNs = toNs - SAMPLE_NS;
    const { of } = this.index.deeds;
    for (let id = 0; id < this.threads; id++)
      this.stalled[row * this.threads + id] = share(of[id]!.reclaim.within(fromNs, toNs));
    this.acted.set(actedIn(this.index.deeds, this.index, fromNs, toNs), row * SAMPLE_ACTORS.length);
  }

  /** Rows with times in (afterNs, untilNs]. */
  between(afterNs: Ns, untilNs: Ns): SampleColumns {
    const from = Math.max(0, Math.floor(afterNs / SAMPLE_NS) + 1);
    const to = Math.max(from, Math.min(this.count, Math.floor(untilNs / SAMPLE_NS) + 1));
    const rows = to - from;
    const zeros = () => new Float64Array(rows);
    const part = <T extends Float32Array | Float64Array>(of: T, width: number) =>
      of.slice(from * width, to * width) as T;
    return {
      timeNs: Float64Array.from({ length: rows }, (_, row) => (from + row) * SAMPLE_NS),
      freePages: zeros().fill(Number.NaN),
      dirtyPages: part(this.dirtyPages, 1),
      writebackPages: part(this.writebackPages, 1),
      threads: this.threads,
      ran: part(this.ran, this.threads),
      stalled: part(this.stalled, this.threads),
      acted: part(this.acted, SAMPLE_ACTORS.length),
      oomKills: zeros(),
      overflows: zeros(),
      counters: part(this.counters, SAMPLED.length),
    };
  }
}

const share = (ns: Ns): number => Math.min(1, ns / SAMPLE_NS);

/** The largest share that any task of the kind has of each actor's work. */
function actedIn({ of }: Deeds, { cast }: TraceIndex, fromNs: Ns, toNs: Ns): number[] {
  const most = (read: (id: number) => Ns) => share(Math.max(0, ...cast.actors.map(({ id }) => read(id))));
  const onDuty = (kind: string) =>
    most((id) => (cast.actors[id]!.kind === kind ? of[id]!.duty.within(fromNs, toNs) : 0));
  const inside = (...what: readonly number[]) =>
    most((id) => what.reduce((sum, one) => sum + of[id]!.reclaim.within(fromNs, toNs, one), 0));
  return [onDuty('kswapd'), inside(IN.DIRECT, IN.NODE), inside(IN.MEMCG), onDuty('flusher')];
}

const BINS = SAMPLE_NS / MS;

/** Share of a sample's milliseconds in which a task has an event: a trace does not say who runs, only who does something. */
function activity({ rows, cast }: TraceIndex, count: number): Float32Array {
  const threads = cast.actors.length;
  const ran = new Float32Array(count * threads);
  const lastBin = new Float64Array(threads).fill(-1);
  for (let row = 0; row < rows.count; row++) {
    const id = cast.actorOf[cast.person[rows.table.task[row]!]!]!;
    const bin = Math.floor(rows.atNs[row]! / MS);
    if (id < 0 || bin === lastBin[id]) continue;
    lastBin[id] = bin;
    const sample = Math.floor(bin / BINS) + 1; // the row at a sample's end tells what came before it
    if (sample < count) ran[sample * threads + id]! += 1 / BINS;
  }
  return ran;
}
