import { expect, test } from 'vitest';
import { flushforward } from '../scenarios/flushforward.ts';
import { metric, run } from './scene-rig.ts';

// The mail of V6: "flushforward" against "nodirect". Posted for kswapd's file writes: −99 % (history.md §0.13, §2).

test.each([1, 2, 3])(
  'seed %i: the kick takes at least 95 % of kswapd’s file writes away, and more is written in all',
  (seed) => {
    const [a, b] = (['A', 'B'] as const).map((machine) => run(flushforward, 14, { machine, seed }).m);

    expect(metric(a!, 'written_by_kswapd')).toBeGreaterThan(500);
    expect(metric(b!, 'written_by_kswapd')).toBeLessThan(0.05 * metric(a!, 'written_by_kswapd'));
    expect(metric(b!, 'pages_written')).toBeGreaterThan(1.2 * metric(a!, 'pages_written'));
    expect([metric(a!, 'written_by_direct'), metric(b!, 'written_by_direct')]).toEqual([0, 0]);
  },
);
