import type { DiskFrame } from '../../abi/frame.ts';
import { fileOf } from '../shared/file-frame.test-double.ts';

/** Two files, one request that waits. */
export const DISK: DiskFrame = {
  name: '8:0',
  model: 'disk',
  nonrot: false,
  inDrive: [],
  cachedSectors: 0,
  totalSectors: 1_000_000,
  headSector: 100_100,
  busy: true,
  queueSector: Float64Array.of(500_000),
  queueSectors: Int32Array.of(8),
  queueWrite: Uint8Array.of(1),
  queueNs: Float64Array.of(0),
  queueTask: Int16Array.of(1),
  lent: { sync: 0, async: 2 },
  congested: { sync: false, async: false },
  files: [fileOf('one', 0, 100_000, 1000), fileOf('two', 1, 800_000, 1000)],
};
