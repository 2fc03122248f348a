import { expect, test } from 'vitest';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('what the drive has, then what waits, and what the pool has lent', () => {
  const disk = {
    name: '8:0',
    inDrive: [{ sector: 40, sectors: 8, isWrite: false, queuedNs: 80e6, startNs: 90e6, task: 1 }],
    queueSector: Float64Array.of(900),
    queueSectors: Int32Array.of(16),
    queueWrite: Uint8Array.of(1),
    queueNs: Float64Array.of(95e6),
    queueTask: Int16Array.of(4),
    lent: { sync: 1, async: 113 },
    congested: { sync: false, async: true },
  };
  const tasks = [
    { id: 1, name: 'reader' },
    { id: 4, name: 'kswapd0' },
  ];
  const frame = { disk, moreDisks: [], tasks, nowNs: 100e6, memory: { pageBytes: 4096 } };
  const [requests, pool] = tables({ frame } as unknown as TableScene);
  expect(requests!.rows).toEqual([
    [40, 1, 'read', 'reader', 'in the drive', '10.00'],
    [900, 2, 'write', 'kswapd0', 'waiting', '5.00'],
  ]);
  expect(pool!.rows).toEqual([
    ['async', 113, 'yes'],
    ['sync', 1, 'no'],
  ]);
});
