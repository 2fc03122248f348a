import { expect, test } from 'vitest';
import { S } from '../abi/units.ts';
import { seekyVsRange } from '../scenarios/seeky-vs-range.ts';
import { script } from './lab/script.ts';
import { BENCH, metric, run, SMALL, varied } from './scene-rig.ts';

test('§8.1 §8.2 §8.3 the script reads the whole run, and comes to what the counters of the same name say', () => {
  const untilS = 3;
  const scenario = varied(seekyVsRange, SMALL);
  const seen: number[] = [];
  const read = script(
    { scenario, machine: 'A', untilNs: untilS * S },
    { ...BENCH, report: (done) => void seen.push(done) },
  );
  if (!read.ok) throw new Error('refused');
  const { m } = run(seekyVsRange, untilS, SMALL);
  const value = (label: string) => read.value.rows.find((row) => row.label === label)!.value;
  expect(value('Direct reclaims')).toBe(metric(m, 'direct_reclaims'));
  expect(value('Direct reclaims')).toBeGreaterThan(20);
  expect(value('Kswapd wakeups')).toBe(metric(m, 'kswapd_wakeups'));
  expect(value('Kswapd reclaim write file async I/O')).toBe(metric(m, 'kswapd_write_file_async'));
  expect(value('Direct reclaim write file async I/O')).toBe(metric(m, 'direct_write_file_async'));
  // The trace has microseconds; a stall that is not over has no end.
  expect(Math.abs(value('Time stalled direct reclaim') - metric(m, 'direct_stall_s'))).toBeLessThan(0.01);
  for (const { label, value: printed, unit } of read.value.rows) {
    const line = read.value.text.split('\n').find((one) => one.startsWith(`${label}:`));
    expect(line, label).toContain(unit === '' ? ` ${printed}` : ` ${printed.toFixed(2)}`);
  }
  expect(seen.at(-1)).toBe(1);
});
