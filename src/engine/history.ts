import { SAMPLED } from '../abi/counters.ts';
import { type RequestColumns, SAMPLE_ACTORS, SAMPLE_NS, type SampleColumns } from '../abi/frame.ts';
import { MAX_FIELDS, TRACE_ID } from '../abi/tracepoints.ts';
import { type Ns, US } from '../abi/units.ts';
import { ActorClock } from './history-actors.ts';
import { Rows } from './history-columns.ts';
import { sampleCounters } from './history-counters.ts';
import { StallLog } from './history-stalls.ts';
import type { Kernel } from './machine/kernel.ts';
import { NOT_RECLAIMING, type Task } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';

const REQUEST_COLUMNS = 10;
const COUNTERS_FROM = 6 + SAMPLE_ACTORS.length;
const SAMPLE_COLUMNS = COUNTERS_FROM + SAMPLED.length;
const ROWS_MOST = 1 << 16;

/** What has begun and not ended at some moment. */
export interface OpenPast {
  /** Who is held since when, by thread and reason. */
  readonly stalls: Float64Array;
  /** When each request in a drive was issued. */
  readonly issuedNs: ReadonlyMap<number, Ns>;
}

/** What the views keep of the past: finished requests and samples, collected once and handed over in columns. */
export class History {
  /** Nothing at or before this is collected again after a seek. */
  private knownNs: Ns = -1;
  private sampledNs: Ns = -SAMPLE_NS;
  private traceRead = 0;
  /** When the requests that the disks are working on were issued, by requestKey(). */
  private issuedNs = new Map<number, Ns>();
  private readonly threads: number;
  private readonly requests = new Rows(REQUEST_COLUMNS, ROWS_MOST);
  private readonly samples: Rows;
  readonly stalls: StallLog;
  /** CPU time and stall of each thread at the last sample. */
  private readonly ranBefore: Float64Array;
  private readonly stalledBefore: Float64Array;
  private readonly actors = new ActorClock();

  constructor(threads: number) {
    this.threads = threads;
    this.stalls = new StallLog(threads);
    this.samples = new Rows(SAMPLE_COLUMNS + 2 * threads, ROWS_MOST);
    this.ranBefore = new Float64Array(threads);
    this.stalledBefore = new Float64Array(threads);
  }

  /** When the next sample is due. */
  get nextSampleNs(): Ns {
    return this.sampledNs + SAMPLE_NS;
  }

  /** Reads the trace since the last call. Called often enough that the ring loses nothing. */
  collect(k: Kernel): void {
    const { trace } = k;
    for (let n = Math.max(this.traceRead, trace.lost); n < trace.emitted; n++) {
      const row = n % trace.capacity;
      const id = trace.id[row]!;
      if (id === TRACE_ID.blockRqIssue) this.issuedNs.set(requestKey(trace.args, row), trace.timeNs[row]!);
      else if (id === TRACE_ID.blockRqComplete) this.noteRequest(k, row);
      else this.stalls.note(id, trace.thread[row]!, trace.timeNs[row]!, this.knownNs);
    }
    this.traceRead = trace.emitted;
  }

  private noteRequest(k: Kernel, row: number): void {
    const { trace } = k;
    const endNs = trace.timeNs[row]!;
    const key = requestKey(trace.args, row);
    const issuedNs = this.issuedNs.get(key) ?? endNs;
    this.issuedNs.delete(key);
    if (endNs <= this.knownNs) return;
    const at = this.requests.add();
    const { values } = this.requests;
    const args = row * MAX_FIELDS;
    values[at] = endNs;
    values[at + 1] = issuedNs;
    for (let field = 0; field < 5; field++) values[at + 2 + field] = trace.args[args + field]!;
    for (let field = 5; field < 8; field++) values[at + 2 + field] = trace.args[args + field]! * US;
  }

  /** One row at a multiple of SAMPLE_NS. */
  sample(k: Kernel): void {
    this.sampledNs = k.nowNs;
    const isNew = k.nowNs > this.knownNs;
    const at = isNew ? this.samples.add() : 0;
    const { values } = this.samples;
    if (isNew) {
      values[at] = k.nowNs;
      values[at + 1] = k.buddy.freePages;
      values[at + 2] = k.vm[VM.nr_file_dirty]!;
      values[at + 3] = k.vm[VM.nr_writeback]!;
      values[at + 4] = this.actors.oomKills(k);
      values[at + 5] = this.actors.overflows(k);
      this.actors.shares(k, values.subarray(at + 6, at + COUNTERS_FROM));
      sampleCounters(k, values, at + COUNTERS_FROM);
    }
    this.actors.from(k);
    for (let id = 0; id < this.threads; id++) {
      const t = k.task(id);
      if (isNew) this.sampleThread(values, at + SAMPLE_COLUMNS + id, t);
      this.ranBefore[id] = t.ranNs;
      this.stalledBefore[id] = t.stalledNs;
    }
  }

  private sampleThread(values: Float64Array, at: number, t: Task): void {
    values[at] = Math.min(1, (t.ranNs - this.ranBefore[t.id]!) / SAMPLE_NS);
    const stalled = Math.min(1, (t.stalledNs - this.stalledBefore[t.id]!) / SAMPLE_NS);
    values[at + this.threads] = t.reclaiming === NOT_RECLAIMING ? stalled : 1;
  }

  /** After a seek: the trace begins at another place, and what is known is not collected again. */
  moved(k: Kernel, knownNs: Ns, open: OpenPast): void {
    this.stalls.openSince.set(open.stalls);
    this.issuedNs = new Map(open.issuedNs);
    this.knownNs = Math.max(this.knownNs, knownNs);
    this.traceRead = k.trace.emitted;
    this.sampledNs = Math.floor(k.nowNs / SAMPLE_NS) * SAMPLE_NS;
    this.actors.from(k);
    for (let id = 0; id < this.threads; id++) {
      this.ranBefore[id] = k.task(id).ranNs;
      this.stalledBefore[id] = k.task(id).stalledNs;
    }
  }

  /** A fork: the known past ends here. */
  cutAfter(ns: Ns): void {
    this.knownNs = Math.min(this.knownNs, ns);
    this.requests.cutAfter(ns);
    this.samples.cutAfter(ns);
    this.stalls.cutAfter(ns);
  }

  /** For a checkpoint. */
  open(): OpenPast {
    return { stalls: this.stalls.openSince.slice(), issuedNs: new Map(this.issuedNs) };
  }

  takeRequests(): RequestColumns {
    const { column } = this.requests.take();
    return {
      startNs: column(1),
      endNs: column(0),
      disk: Uint8Array.from(column(2)),
      sector: column(3),
      sectors: Int32Array.from(column(4)),
      write: Uint8Array.from(column(5)),
      by: Uint8Array.from(column(6)),
      seekNs: column(7),
      rotateNs: column(8),
      transferNs: column(9),
    };
  }

  takeSamples(): SampleColumns {
    const { threads } = this;
    const { column, block } = this.samples.take();
    return {
      timeNs: column(0),
      freePages: column(1),
      dirtyPages: column(2),
      writebackPages: column(3),
      oomKills: column(4),
      overflows: column(5),
      acted: Float32Array.from(block(6, SAMPLE_ACTORS.length)),
      counters: block(COUNTERS_FROM, SAMPLED.length),
      threads,
      ran: Float32Array.from(block(SAMPLE_COLUMNS, threads)),
      stalled: Float32Array.from(block(SAMPLE_COLUMNS + threads, threads)),
    };
  }
}

/** No two requests on one disk begin at one sector. */
function requestKey(args: Float64Array, row: number): number {
  const at = row * MAX_FIELDS;
  return args[at + 1]! * 16 + args[at]!;
}
