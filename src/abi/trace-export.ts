import type { MachineId } from './scenario.ts';
import type { Ns, Pages } from './units.ts';
import type { ScriptEvent } from './vmscan-script.ts';

/** The texts that a machine's run can be written as, event by event; the writers are in formats/export. */
export const EXPORT_FORMATS = [
  {
    id: 'ftrace',
    title: 'ftrace, 2.6.36',
    extension: 'trace.txt',
    says: 'the trace file as 2.6.36 words it; its trace-vmscan-postprocess.pl reads it',
  },
  {
    id: 'ftrace-3.2',
    title: 'ftrace, 3.2',
    extension: 'trace.txt',
    says: 'the same in the words of 3.2, with what each batch freed',
  },
  {
    id: 'ftrace-6.1',
    title: 'ftrace, 6.1',
    extension: 'trace.txt',
    says: 'the same in the words of 6.1; the script of 6.12 reads it',
  },
  {
    id: 'blkparse',
    title: 'blkparse',
    extension: 'blkparse.txt',
    says: 'requests, as blkparse prints them by default',
  },
  {
    id: 'chrome',
    title: 'Trace events (Perfetto)',
    extension: 'trace.json',
    says: 'JSON for ui.perfetto.dev: a track per thread, counters, disk',
  },
  {
    id: 'stalls',
    title: 'Stalls',
    extension: 'stalls.txt',
    says: 'two columns for heat maps: end and length of each stall, ms',
  },
  {
    id: 'vmstat-before',
    title: '/proc/vmstat before',
    extension: 'vmstat-before.txt',
    says: 'counters as the machine is switched on',
  },
  {
    id: 'vmstat-after',
    title: '/proc/vmstat after',
    extension: 'vmstat-after.txt',
    says: 'counters at the end',
  },
] as const;

export type ExportFormatId = (typeof EXPORT_FORMATS)[number]['id'];

/** Texts have pids as a machine gives them that has booted: 0 is nobody's but the idle task's, and kswapd's is 34 or so. */
const FIRST_PID = 34;
export const pidOf = (thread: number): number => thread + FIRST_PID;

export interface ExportThread {
  readonly pid: number;
  readonly name: string;
  readonly kind: 'task' | 'kswapd' | 'flusher';
}

/** Lines of /proc/vmstat in the kernel's order; what the model does not count has no line. */
export type ProcVmstat = readonly (readonly [name: string, value: number])[];

/** What is known before the first event. */
export interface ExportRun {
  readonly machine: MachineId;
  readonly kernel: string;
  readonly scenario: string;
  readonly seed: number;
  readonly threads: readonly ExportThread[];
  readonly disks: number;
  /** Names of the memory cgroups, without the root. */
  readonly groups: readonly string[];
  readonly vmstat: ProcVmstat;
}

/** Gauges, read every SAMPLE_EVERY_NS. */
export interface ExportSample {
  readonly atNs: Ns;
  readonly freePages: Pages;
  readonly dirtyPages: Pages;
  readonly writebackPages: Pages;
  /** Usage of each of the run's groups. */
  readonly groupPages: readonly Pages[];
}

export interface ExportEnd {
  readonly atNs: Ns;
  readonly vmstat: ProcVmstat;
}

/**
 * Writes one text of a run, a piece at a time: all pieces in their order are the text. Nothing of what was written is kept, so
 * that a run of any length fits. An event that the format has no word for is written as nothing.
 */
export interface TraceWriter {
  begin(run: ExportRun): string;
  event(event: ScriptEvent): string;
  sample(sample: ExportSample): string;
  end(end: ExportEnd): string;
  /** After the end: what the first characters of the text should have been, had the number of its lines been known. As many. */
  mended?(): string;
}

export type CreateTraceWriter = (id: ExportFormatId) => TraceWriter;

/** What an export came to. */
export interface ExportCount {
  /** All that the machine emitted, each handed to the writer once. */
  readonly events: number;
  readonly untilNs: Ns;
  /** The simulated kernel came to an end by itself before the time that was asked for. */
  readonly stopped?: string;
  /** To be written over the beginning of the text (TraceWriter.mended). */
  readonly head?: string;
}
