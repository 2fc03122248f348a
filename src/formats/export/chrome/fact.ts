import { type Ns, US } from '../../../abi/units.ts';

/** An entry of Chrome's trace-event format, without the process it belongs to. */
export type Fact = Readonly<Record<string, unknown>>;

/** Its unit of time; nanoseconds stand behind the point. */
export const micros = (ns: Ns): number => ns / US;

/** Threads are tracks of their own number; Perfetto takes number 0 for the process. The disks' tracks come behind every thread. */
export const trackOf = (pid: number): number => pid + 1;
export const DISK_TRACK = 100_000;
