import type { Scenario } from '../abi/scenario.ts';
import { ddStream } from './dd-stream.ts';
import { lockCycleScene } from './lock-cycle.ts';
import { memcgDdScene } from './memcg-dd.ts';
import { reader } from './reader.ts';
import { recordedScene } from './recorded.ts';
import { seekyVsRange } from './seeky-vs-range.ts';

/** Scenes in the order of the menu; the first one opens. Adding one is a file and a line. */
export const SCENES: readonly Scenario[] = [
  seekyVsRange,
  ddStream,
  reader,
  memcgDdScene,
  lockCycleScene,
  recordedScene,
];

export { RECORDINGS } from './recordings.ts';
