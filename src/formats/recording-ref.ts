import type { RecordingRef } from '../abi/scenario.ts';
import { fnv1a64 } from './shared/fnv.ts';
import type { NamedBytes } from './shared/named-bytes.ts';

/** How a scenario or link names the recording it needs: its bytes as they lie on disk, files in the order of their names. */
export function recordingRef(name: string, files: readonly NamedBytes[]): RecordingRef {
  const ordered = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  const bytes = ordered.reduce((total, file) => total + file.bytes.length, 0);
  return { name, bytes, hash: fnv1a64(...ordered.map((file) => file.bytes)) };
}
