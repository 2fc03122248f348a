import type { Result } from './errors.ts';
import type { Biography, PageName } from './page-life.ts';
import type { EngineApi } from './protocol.ts';
import type { Recording } from './recording.ts';
import type { RecordingRef } from './scenario.ts';
import type { StallList } from './stall.ts';
import type { TraceClock, TraceReading } from './trace-table.ts';
import type { Ns } from './units.ts';
import type { ScriptReport, ScriptRow } from './vmscan-script.ts';

/**
 * A trace of a real kernel plays as a machine: the same frames, requests, samples and stalls as a simulated one gives, as far as
 * its events carry. What they do not carry is named part by part, with the events that would tell it, and is never a zero.
 */
export const TRACED_PARTS = [
  'cells',
  'memory',
  'dirty',
  'batches',
  'stacks',
  'memcgs',
  'disk',
  'files',
  'flushers',
  'map',
  'biography',
] as const;
export type TracedPart = (typeof TRACED_PARTS)[number];

/** Per part that the trace does not tell: what is missing and which events to enable, a sentence. */
export type AbsentParts = Readonly<Partial<Record<TracedPart, string>>>;

/** What a machine that is a trace adds to its frames. */
export interface TracedFrame {
  readonly name: string;
  readonly absent: AbsentParts;
}

/** Lost events, as a stretch of time: from the last event before them to the first after them. */
export interface TracedGap {
  readonly fromNs: Ns;
  readonly toNs: Ns;
  /** -1: all CPUs. */
  readonly cpu: number;
  /** Undefined: the kernel did not say. */
  readonly events: number | undefined;
}

/** A row of a table of facts about the trace; numbers are texts because some do not fit a double. */
export interface TracedRow {
  readonly label: string;
  readonly value: string;
  /** What it counts, and over which lines. */
  readonly definition: string;
}

/** A figure of the trace beside the kernel's own counter, which was read before and after. */
interface TracedCheck {
  readonly label: string;
  readonly trace: string;
  /** After less before. */
  readonly vmstat: string;
  readonly equal: boolean;
  readonly definition: string;
}

/** What the kernel counted while the trace was recorded: /proc/vmstat, and memory.stat of a cgroup if that was given too. */
export interface TracedVmstat {
  /** None of a text of blkparse, which has no event of reclaim. */
  readonly checks: readonly TracedCheck[];
  /** Why a figure may differ, in sentences. */
  readonly why: string;
  /** Counters that are not the same before and after, in the order of the file. */
  readonly moved: readonly TracedRow[];
  readonly movedInCgroup: readonly TracedRow[];
}

/** What the page knows of a trace once it is read. */
export interface TracedInfo {
  readonly ref: RecordingRef;
  readonly reading: TraceReading;
  /** What the times count: without seconds they are the order of events only. */
  readonly clock: TraceClock;
  /** From the first event to the last. */
  readonly durationNs: Ns;
  /** Lines left out and why, the clock if it counts no time, files left aside; empty: nothing to say. */
  readonly remark: string;
  readonly absent: AbsentParts;
  readonly gaps: readonly TracedGap[];
  /** Events by name, the most frequent first. */
  readonly events: readonly TracedRow[];
  /** Sums of nr_scanned, nr_taken, nr_reclaimed, nr_dirty, sectors, seeks, reclaim pairs, kswapd's time awake. */
  readonly sums: readonly TracedRow[];
  /** Per cgroup_ino where writeback events name groups; memory cgroup reclaim as a whole. */
  readonly groups: readonly TracedRow[];
  /** What the kernel's script prints for it, with its ways of counting; rows that it leaves empty are not there. */
  readonly script: ScriptReport;
  /** The same rows counted over every event of the trace, whoever caused it, and those of reclaim that the script does not know. */
  readonly counted: readonly ScriptRow[];
  /** Where /proc/vmstat of before and after was opened together with the trace. */
  readonly vmstat?: TracedVmstat;
  /** It has page cache adds or dirtyings, so that its workload can be played by a simulated machine. */
  readonly hasWorkload: boolean;
}

/** A machine behind a worker that plays a trace. The calls of EngineApi that need a simulation are refused with a sentence. */
export interface TracedApi extends EngineApi {
  /** Reads the one file that is a trace, and what the kernel counted meanwhile if that is among them; `report` gets the share done, from 0 to 1. Ending the worker cancels it. */
  open(files: readonly File[], report: (done: number) => void): Promise<Result<TracedInfo>>;
  /** The accesses that its page events show, for the replayer. */
  workload(): Promise<Result<Recording>>;
  biography(page: PageName, untilNs: Ns): Promise<Result<Biography>>;
  stallList(untilNs: Ns): Promise<Result<StallList>>;
}
