import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestTable } from './requests.ts';
import { touchedOf } from './touched.ts';

function requests(rows: readonly (readonly [disk: number, sector: number, sectors: number])[]): RequestTable {
  const none = new Float64Array(rows.length);
  return {
    count: rows.length,
    disk: Uint8Array.from(rows, ([disk]) => disk),
    sector: Float64Array.from(rows, ([, sector]) => sector),
    sectors: Int32Array.from(rows, ([, , sectors]) => sectors),
    write: new Uint8Array(rows.length),
    by: new Uint8Array(rows.length),
    person: new Int32Array(rows.length),
    meta: new Uint8Array(rows.length),
    queuedNs: none,
    startNs: none,
    endNs: none,
  };
}

test('parts of a disk that requests are about, named by where they begin', () => {
  const touched = touchedOf(
    requests([
      [0, 1_000_000, 8],
      [0, 4096, 8],
      [1, 0, 8],
      [0, 4200, 256],
    ]),
    0,
  );
  expect(touched).toMatchObject([
    { name: '2 MiB', space: -1, startSector: 4096, sectors: 360, placeSectors: 360 },
    { name: '488 MiB', startSector: 1_000_000, sectors: 8 },
  ]);
});

test('property: few, ascending and apart, and every request lies in one of them', () => {
  const row = fc.tuple(fc.constant(0), fc.nat({ max: 2 ** 34 }), fc.integer({ min: 1, max: 2048 }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
      const touched = touchedOf(requests(rows), 0);
      expect(touched.length).toBeLessThanOrEqual(12);
      for (const [at, { startSector, sectors }] of touched.entries())
        if (at + 1 < touched.length) expect(startSector + sectors).toBeLessThan(touched[at + 1]!.startSector);
      for (const [, sector, sectors] of rows)
        expect(
          touched.some((one) => sector >= one.startSector && sector + sectors <= one.startSector + one.sectors),
        ).toBe(true);
    }),
    { numRuns: 60 },
  );
});
