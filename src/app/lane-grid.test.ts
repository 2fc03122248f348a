import { expect, test } from 'vitest';
import { gridOf } from './lane-grid.ts';

const areas = (views: readonly string[], alone?: readonly string[]) =>
  (gridOf(views, alone) as Record<string, string>)['--areas'];

test('the stacks stand beside memory, unless one of them holds a sentence that wants the width', () => {
  const views = ['lru', 'memory', 'stacks', 'disk'];
  expect(areas(views)).toBe('"head head" "stop stop" "lru lru" "memory stacks" "disk disk"');
  const apart = '"head head" "stop stop" "lru lru" "memory memory" "stacks stacks" "disk disk"';
  expect(areas(views, ['stacks'])).toBe(apart);
  expect(areas(views, ['memory'])).toBe(apart);
  expect(areas(views, ['lru'])).toBe(areas(views));
});
