import { expect, test } from 'vitest';
import { DERIVED, describeMetric, partsOf } from './derived-metrics.ts';

test('a derived number says its formula, and every number in it has source and rule', () => {
  for (const derived of DERIVED) {
    expect(derived.definition, derived.name).toMatch(/^[A-Z0-9a-z].{15,}\.$/);
    const parts = partsOf(derived);
    expect(parts.length, derived.name).toBeGreaterThan(0);
    const plain = parts.flatMap((part) => ('of' in part ? partsOf(part) : [part]));
    expect(
      plain.some((part) => 'source' in part && part.source !== '' && part.rule !== ''),
      derived.name,
    ).toBe(true);
  }
});

test('a formula is followed to its parts, not to itself', () => {
  const names = partsOf(describeMetric('requests_per_page')!).map(({ name }) => name);
  expect(names).toEqual([
    'write_requests_by_kswapd',
    'write_requests_by_direct',
    'written_by_kswapd',
    'written_by_direct',
  ]);
});
