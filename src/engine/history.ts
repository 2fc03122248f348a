import { type RequestColumns, SAMPLE_NS, type SampleColumns } from '../abi/frame.ts';
import { TRACE_ID, MAX_FIELDS } from '../abi/tracepoints.ts';
import { type Ns, US } from '../abi/units.ts';
import type { Kernel } from './machine/kernel.ts';
import { NOT_RECLAIMING, type Task } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';

/** What the views keep of the past: finished requests and samples, collected once and handed over in columns. */
export class History {
  /** Nothing at or before this is collected again after a seek. */
  private knownNs: Ns = -1;
  private sampledNs: Ns = -SAMPLE_NS;
  private traceRead = 0;
  private issuedNs: Ns = 0;
  private requests: number[][] = [];
  private samples: number[][] = [];
  private ranBefore: Ns[] = [];
  private stalledBefore: Ns[] = [];

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
      if (id === TRACE_ID.blockRqIssue) this.issuedNs = trace.timeNs[row]!;
      else if (id === TRACE_ID.blockRqComplete) this.noteRequest(k, row);
    }
    this.traceRead = trace.emitted;
  }

  private noteRequest(k: Kernel, row: number): void {
    const { trace } = k;
    const endNs = trace.timeNs[row]!;
    if (endNs <= this.knownNs) return;
    const args = row * MAX_FIELDS;
    this.requests.push([
      this.issuedNs,
      endNs,
      trace.args[args]!,
      trace.args[args + 1]!,
      trace.args[args + 2]!,
      trace.args[args + 3]!,
      trace.args[args + 4]! * US,
      trace.args[args + 5]! * US,
      trace.args[args + 6]! * US,
    ]);
  }

  /** One row at a multiple of SAMPLE_NS. */
  sample(k: Kernel): void {
    const atNs = k.nowNs;
    this.sampledNs = atNs;
    const row = [atNs, k.buddy.freePages, k.vm[VM.nr_file_dirty]!, k.vm[VM.nr_writeback]!];
    const ran: number[] = [];
    const stalled: number[] = [];
    for (const thread of k.m.sim.threads) {
      const t = thread as Task;
      ran.push(Math.min(1, (t.ranNs - (this.ranBefore[t.id] ?? 0)) / SAMPLE_NS));
      const stalledShare = Math.min(1, (t.stalledNs - (this.stalledBefore[t.id] ?? 0)) / SAMPLE_NS);
      stalled.push(t.reclaiming === NOT_RECLAIMING ? stalledShare : 1);
      this.ranBefore[t.id] = t.ranNs;
      this.stalledBefore[t.id] = t.stalledNs;
    }
    if (atNs > this.knownNs) this.samples.push([...row, ...ran, ...stalled]);
  }

  /** After a seek: the trace begins at another place, and what is known is not collected again. */
  moved(k: Kernel, knownNs: Ns): void {
    this.knownNs = Math.max(this.knownNs, knownNs);
    this.traceRead = k.trace.emitted;
    this.sampledNs = Math.floor(k.nowNs / SAMPLE_NS) * SAMPLE_NS;
    for (const thread of k.m.sim.threads) {
      const t = thread as Task;
      this.ranBefore[t.id] = t.ranNs;
      this.stalledBefore[t.id] = t.stalledNs;
    }
  }

  /** A fork: the known past ends here. */
  cutAfter(ns: Ns): void {
    this.knownNs = Math.min(this.knownNs, ns);
  }

  takeRequests(): RequestColumns {
    const rows = this.requests;
    this.requests = [];
    const column = (at: number) => Float64Array.from(rows, (row) => row[at]!);
    return {
      startNs: column(0),
      endNs: column(1),
      sector: column(2),
      sectors: Int32Array.from(rows, (row) => row[3]!),
      write: Uint8Array.from(rows, (row) => row[4]!),
      by: Uint8Array.from(rows, (row) => row[5]!),
      seekNs: column(6),
      rotateNs: column(7),
      transferNs: column(8),
    };
  }

  takeSamples(threads: number): SampleColumns {
    const rows = this.samples;
    this.samples = [];
    const column = (at: number) => Float64Array.from(rows, (row) => row[at]!);
    const block = (from: number) => Float32Array.from(rows.flatMap((row) => row.slice(from, from + threads)));
    return { timeNs: column(0), freePages: column(1), dirtyPages: column(2), writebackPages: column(3), threads, ran: block(4), stalled: block(4 + threads) };
  }
}
