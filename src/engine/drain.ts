import { broken } from '../abi/errors.ts';
import type { Scenario } from '../abi/scenario.ts';
import {
  type ExportCount,
  type ExportRun,
  type ExportSample,
  type ExportThread,
  pidOf,
  type TraceWriter,
} from '../abi/trace-export.ts';
import { TRACEPOINT_KEYS } from '../abi/tracepoints.ts';
import { type Ns, TICK_NS } from '../abi/units.ts';
import type { ScriptEvent } from '../abi/vmscan-script.ts';
import type { Engine } from './engine.ts';
import type { Kernel } from './machine/kernel.ts';
import { FLUSHER, KSWAPD, type Task } from './machine/task.ts';
import { VM } from './machine/vmstat.ts';
import { procVmstat } from './proc-vmstat.ts';

/** Gauges are read ten times a virtual second. */
export const SAMPLE_EVERY_NS: Ns = 10 * TICK_NS;

/**
 * All events of a run while it runs to `untilNs`, in their order. The machine stands still, between two of its events, whenever
 * the recorder's ring is half full: so many it never emits between two looks, and none is lost before it is read. Every `everyNs` and at the end
 * `onTime` is called.
 */
export function* eventsOf(
  engine: Engine,
  untilNs: Ns,
  everyNs: Ns = untilNs,
  onTime: (nowNs: Ns) => void = () => undefined,
): Generator<ScriptEvent> {
  const { trace } = engine.kernel;
  let read = 0;
  const hasRoom = () => trace.emitted - read < trace.capacity / 2;
  for (let toNs = Math.min(everyNs, untilNs); ; toNs = Math.min(toNs + everyNs, untilNs)) {
    let isThere = false;
    while (!isThere) {
      engine.advance(toNs, hasRoom);
      isThere = hasRoom();
      for (; read < trace.emitted; read++) yield eventAt(engine.kernel, read);
    }
    onTime(engine.nowNs);
    if (toNs >= untilNs || engine.stopped !== undefined) return;
  }
}

function eventAt({ trace, m }: Kernel, n: number): ScriptEvent {
  const row = n % trace.capacity;
  const thread = trace.thread[row]!;
  return {
    timeNs: trace.timeNs[row]!,
    task: m.sim.threads[thread]!.name,
    pid: pidOf(thread),
    key: TRACEPOINT_KEYS[trace.id[row]!]!,
    args: trace.argsOf(row),
  };
}

/** Characters that are handed over together. */
const CHUNK_CHARS = 1 << 16;

/** Runs a booted machine to `untilNs` and writes it, in chunks of text. Nothing but the last chunk is ever held. */
export function writeRun(
  engine: Engine,
  run: ExportRun,
  untilNs: Ns,
  writer: TraceWriter,
  onChunk: (text: string) => void,
  report: (done: number) => void,
): ExportCount {
  let text = writer.begin(run);
  let written = 0;
  const put = (more: string) => {
    text += more;
    if (text.length < CHUNK_CHARS) return;
    onChunk(text);
    text = '';
  };
  const onTime = (nowNs: Ns) => {
    put(writer.sample(sampleOf(engine.kernel)));
    report(untilNs === 0 ? 1 : nowNs / untilNs);
  };
  for (const event of eventsOf(engine, untilNs, SAMPLE_EVERY_NS, onTime)) {
    put(writer.event(event));
    written++;
  }
  put(writer.end({ atNs: engine.nowNs, vmstat: procVmstat(engine.kernel) }));
  if (text !== '') onChunk(text);
  if (written !== engine.kernel.trace.emitted)
    broken('the recorder lost events: # of # were read', written, engine.kernel.trace.emitted);
  const head = writer.mended?.();
  return {
    events: written,
    untilNs: engine.nowNs,
    ...(engine.stopped === undefined ? {} : { stopped: engine.stopped }),
    ...(head === undefined ? {} : { head }),
  };
}

const KINDS: Readonly<Record<number, ExportThread['kind']>> = { [KSWAPD]: 'kswapd', [FLUSHER]: 'flusher' };

/** What a writer is told of a machine before its first event. */
export function exportRunOf(
  { kernel: k }: Engine,
  { id, seed, kernels }: Scenario,
  machine: ExportRun['machine'],
): ExportRun {
  return {
    machine,
    kernel: kernels[machine],
    scenario: id,
    seed,
    threads: k.m.sim.threads.map((thread) => {
      const { id, name, kind } = thread as Task;
      return { pid: pidOf(id), name, kind: KINDS[kind] ?? 'task' };
    }),
    disks: k.blocks.length,
    groups: k.m.memcgs.slice(1).map(({ name }) => name),
    vmstat: procVmstat(k),
  };
}

const sampleOf = (k: Kernel): ExportSample => ({
  atNs: k.nowNs,
  freePages: k.buddy.freePages,
  dirtyPages: k.vm[VM.nr_file_dirty]!,
  writebackPages: k.vm[VM.nr_writeback]!,
  groupPages: k.m.memcgs.slice(1).map(({ usagePages }) => usagePages),
});
