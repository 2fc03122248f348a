import { expect, test } from 'vitest';
import * as waits from './waits.ts';

test('every kind of wait queue has a number and a name of its own', () => {
  const kinds = Object.entries(waits).flatMap(([name, value]) =>
    name.startsWith('WAIT_') && typeof value === 'number' ? [value] : [],
  );
  expect(kinds.sort((a, b) => a - b)).toEqual(waits.WAIT_NAMES.map((_, kind) => kind));
  expect(new Set(waits.WAIT_NAMES).size).toBe(waits.WAIT_NAMES.length);
});
