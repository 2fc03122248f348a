import type { Workload } from '../machine/workload.ts';
import { anonBurst } from './anon-burst.ts';
import { databaseFsync, sysbench } from './database.ts';
import { denseWindows } from './dense-windows.ts';
import { fsMark, simpleWriteback } from './file-writers.ts';
import { kernelBuild, oomStress } from './kernel-build.ts';
import { lockCycle } from './lock-cycle.ts';
import { mappedStream } from './mapped-stream.ts';
import { memcgAnon } from './memcg-anon.ts';
import { pollAndWrite } from './poll-and-write.ts';
import { recorded } from './recorded.ts';
import { memcgDd, streamReader, streamWriter } from './stream.ts';
import { stressHighalloc } from './stress-highalloc.ts';
import { touchTrace } from './touch-trace.ts';

/** Workloads in the order of the menu; adding one is a file and a line. */
export const WORKLOADS: readonly Workload[] = [
  denseWindows,
  streamWriter,
  streamReader,
  memcgDd,
  memcgAnon,
  lockCycle,
  simpleWriteback,
  fsMark,
  sysbench,
  databaseFsync,
  mappedStream,
  anonBurst,
  kernelBuild,
  oomStress,
  pollAndWrite,
  stressHighalloc,
  recorded,
  touchTrace,
];
