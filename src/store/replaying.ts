import type { RecordingRef, Scenario } from '../abi/scenario.ts';

export const isSameRecording = (a: RecordingRef, b: RecordingRef): boolean => a.hash === b.hash && a.bytes === b.bytes;

/** The workload that replays a recording; a scene of it that names none plays the first that comes with the page. */
export const REPLAYER = 'recorded';

/** A scene that replays, with a recording in place of its own: what it says of its own is then not so. */
export function replayOf(scene: Scenario, ref: RecordingRef): Scenario {
  const isOwn = scene.recording !== undefined && isSameRecording(scene.recording, ref);
  const words = isOwn
    ? {}
    : { watch: `The simulated kernels are given what the programs in ${ref.name} did to files.`, note: '' };
  return { ...scene, ...words, recording: ref };
}
