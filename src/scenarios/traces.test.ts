import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { SCENES } from './registry.ts';
import { TRACES } from './traces.ts';

test.each(TRACES)('$id is there, the text of a kernel trace, and plays beside a scene', ({ id, file, beside }) => {
  const text = gunzipSync(readFileSync(join(import.meta.dirname, '../../public', file))).toString();
  expect(text).toMatch(/^# tracer: nop/);
  expect(text).toContain('mm_vmscan_');
  // A link names it by what its file is called.
  expect(file).toBe(`traces/${id}.txt.gz`);
  expect(SCENES.map((scene) => scene.id)).toContain(beside);
});

test('numbers in what there is to watch are those of the texts', () => {
  const lines = (id: string) =>
    gunzipSync(readFileSync(join(import.meta.dirname, `../../public/traces/${id}.txt.gz`)))
      .toString()
      .split('\n');
  const count = (id: string, event: string) => lines(id).filter((line) => line.includes(` ${event}: `)).length;
  const sum = (id: string, field: string) =>
    lines(id)
      .filter((line) => line.includes(' mm_vmscan_lru_shrink_inactive: '))
      .reduce((total, line) => total + Number(new RegExp(`\\b${field}=(\\d+)`).exec(line)?.[1] ?? 0), 0);
  const watch = Object.fromEntries(
    TRACES.map((trace) => [trace.id, trace.watch.replaceAll(/(?<=\d)[ \u2009](?=\d)/g, '')]),
  );
  expect(watch['stream-write']).toContain(`${count('stream-write', 'mm_vmscan_direct_reclaim_begin')} direct reclaims`);
  expect(watch['memcg-v2']).toContain(`${count('memcg-v2', 'mm_vmscan_memcg_reclaim_begin')} times`);
  const [scanned, freed] = ['nr_scanned', 'nr_reclaimed'].map((field) => sum('random-write-pwrite', field));
  expect(watch['random-write-pwrite']).toContain(`${scanned} pages scanned free ${freed}`);
});
