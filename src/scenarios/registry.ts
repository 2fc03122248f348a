import type { Scenario } from '../abi/scenario.ts';
import { anonBurstScene } from './anon-burst.ts';
import { databaseFsyncScene } from './database-fsync.ts';
import { ddStream } from './dd-stream.ts';
import { flushforward } from './flushforward.ts';
import { hugePages } from './huge-pages.ts';
import { kernelBuildScene } from './kernel-build.ts';
import { lockCycleScene } from './lock-cycle.ts';
import { lockInversion } from './lock-inversion.ts';
import { mappedStreamScene } from './mapped-stream.ts';
import { memcgAnonScene } from './memcg-anon.ts';
import { memcgBuildScene } from './memcg-build.ts';
import { memcgBusyScene } from './memcg-busy.ts';
import { memcgDdScene } from './memcg-dd.ts';
import { reader } from './reader.ts';
import { recordedScene } from './recorded.ts';
import { refusingFilesystem } from './refusing-filesystem.ts';
import { seekyVsRange } from './seeky-vs-range.ts';
import { simpleWritebackScene } from './simple-writeback.ts';
import { stackSplice } from './stack-splice.ts';
import { sysbenchScene } from './sysbench.ts';
import type { ShippedTrace } from './traces.ts';

/** Scenes in the order of the menu; the first one opens. Adding one is a file and a line. */
export const SCENES: readonly Scenario[] = [
  seekyVsRange,
  ddStream,
  reader,
  memcgDdScene,
  memcgBusyScene,
  memcgAnonScene,
  memcgBuildScene,
  lockCycleScene,
  lockInversion,
  flushforward,
  simpleWritebackScene,
  sysbenchScene,
  databaseFsyncScene,
  mappedStreamScene,
  anonBurstScene,
  kernelBuildScene,
  refusingFilesystem,
  stackSplice,
  hugePages,
  recordedScene,
];

export { RECORDINGS } from './recordings.ts';
/** Traces of real kernels that come with the page; the first view has only simulated machines. */
export const shippedTraces = async (): Promise<readonly ShippedTrace[]> => (await import('./traces.ts')).TRACES;
