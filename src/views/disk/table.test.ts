import { expect, test } from 'vitest';
import { RequestHistory } from '../../store/request-history.ts';
import type { TableScene } from '../shared/table.ts';
import { tables } from './table.ts';

test('files, and what was finished by now, the newest first', () => {
  const requests = new RequestHistory();
  requests.append({
    disk: new Uint8Array(3),
    startNs: Float64Array.of(10e6, 60e6, 200e6),
    endNs: Float64Array.of(20e6, 70e6, 210e6),
    sector: Float64Array.of(200, 800, 900),
    sectors: Int32Array.of(8, 80, 8),
    write: Uint8Array.of(1, 0, 1),
    by: new Uint8Array(3),
    seekNs: Float64Array.of(4e6, 5e6, 0),
    rotateNs: Float64Array.of(3e6, 4e6, 0),
    transferNs: Float64Array.of(3e6, 1e6, 0),
  });
  const disk = {
    name: '8:0',
    model: 'HDD',
    nonrot: false,
    headSector: 808,
    files: [{ name: 'data-1', startSector: 0, sectors: 800 }],
  };
  const frame = {
    disk,
    moreDisks: [],
    nowNs: 100e6,
    memory: { pageBytes: 4096 },
  };
  const [files, served] = tables({ frame, requests, windowNs: 10e9 } as unknown as TableScene);
  expect(files!.caption).toBe('8:0, HDD, head at sector 808');
  expect(files!.rows).toEqual([['data-1', 0, 800]]);
  expect(served!.rows).toEqual([
    [800, '0.060000', 10, 'read', '5.00', '4.00', '1.00', '10.00'],
    [200, '0.010000', 1, 'write', '4.00', '3.00', '3.00', '10.00'],
  ]);
});
