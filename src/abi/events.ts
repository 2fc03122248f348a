import { formatEvent, TRACEPOINTS, type Tracepoint, type TracepointKey } from './tracepoints.ts';

/** Which of a machine's events are wanted: the newest `limit` that fit. */
export interface EventAsk {
  /** From this event of the run on, counted from 0; events keep their numbers when time is turned back. */
  readonly from: number;
  /** Kinds of event, as rows of TRACEPOINT_KEYS; undefined: all. */
  readonly ids?: readonly number[] | undefined;
  /** Of a recorded kernel, besides `ids`: events of these names, as it prints them. */
  readonly names?: readonly string[] | undefined;
  /** Of this thread, or of the disks (DISKS); undefined: whoever. */
  readonly thread?: number | undefined;
  /** In the event's printed text, whatever the case; empty: any. */
  readonly text: string;
  readonly limit: number;
}

/** Events in the order in which they happened. */
export interface EventColumns {
  /** Number of the event in the run. */
  readonly n: Float64Array;
  readonly timeNs: Float64Array;
  /** Row of TRACEPOINT_KEYS; of a recorded kernel perhaps 255: no simulated kernel has such an event. */
  readonly id: Uint8Array;
  /** Task id, or DISKS. */
  readonly thread: Int16Array;
  /** MAX_FIELDS values each, in the order of the tracepoint's fields. */
  readonly args: Float64Array;
  /** Events from the start of the run that are gone: the recorder keeps the newest only. */
  readonly lost: number;
  /** Events of the run so far. */
  readonly emitted: number;
  /** Those that fit before this one were beyond the limit. */
  readonly completeFrom: number;
  /** Of a recorded kernel: who, and what the kernel printed. `args` says nothing then. */
  readonly texts?: readonly EventText[];
}

export interface EventText {
  /** Name and pid, dd-162. */
  readonly who: string;
  /** With the event's name: `mm_vmscan_kswapd_wake: nid=0 order=0`. */
  readonly text: string;
}

/** A disk is no thread: its events are nobody's. */
export const DISKS = -1;
const OF_DISKS: ReadonlySet<TracepointKey> = new Set(['blockRqIssue', 'blockRqComplete']);
export const isOfDisk = (key: TracepointKey): boolean => OF_DISKS.has(key);

/** What a filter looks for in an event, and the log shows as the kernel prints it. */
export const eventText = (key: TracepointKey, args: readonly number[]): string =>
  formatEvent(TRACEPOINTS[key] as Tracepoint, args);
