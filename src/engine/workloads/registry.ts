import type { Workload } from '../machine/workload.ts';
import { denseWindows } from './dense-windows.ts';
import { lockCycle } from './lock-cycle.ts';
import { recorded } from './recorded.ts';
import { memcgDd, streamReader, streamWriter } from './stream.ts';
import { touchTrace } from './touch-trace.ts';

/** Workloads in the order of the menu; adding one is a file and a line. */
export const WORKLOADS: readonly Workload[] = [
  denseWindows,
  streamWriter,
  streamReader,
  memcgDd,
  lockCycle,
  recorded,
  touchTrace,
];
