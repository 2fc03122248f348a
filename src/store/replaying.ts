import type { RecordingRef } from '../abi/scenario.ts';

export const isSameRecording = (a: RecordingRef, b: RecordingRef): boolean => a.hash === b.hash && a.bytes === b.bytes;

/** The workload that replays a recording; a scene of it that names none plays the first that comes with the page. */
export const REPLAYER = 'recorded';
