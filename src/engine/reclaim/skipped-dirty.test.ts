import { expect, test } from 'vitest';
import { setPageDirty } from '../machine/page-state.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const MS = 1e6;
const NO_FILE_WRITES = { directFile: 'no', directAnon: 'no' } as const;

/** A direct reclaimer skips page d; then the file is written as the flusher would. */
function skippedThenCleaned(skippedDirty: string, between: (rig: Drawn) => void = () => {}): string {
  const rig = machineFromText('free 4\n inactive_file: p{3}@ d! o{3}@', {
    answers: { ...NO_FILE_WRITES, skippedDirty },
  });
  rig.run('direct', (k, t) => shrinkInactiveList(k, t, 1, true));
  between(rig);
  rig.run('kswapd', (k, t) => {
    Object.assign(t.wbc, { nrToWrite: Infinity, rangeStart: 0, rangeEnd: Infinity });
    return k.call.doWritepages(k, t, rig.space('A'));
  });
  rig.passNs(5 * MS);
  return rig.list('inactive_file').replace(/@/g, '');
}

test('R3.40 a tagged page is rotated to the tail when the flusher’s write of it ends; an untagged one stays', () => {
  expect(skippedThenCleaned('tag')).toBe('p1 p2 p3 o1 o2 o3 d');
  expect(skippedThenCleaned('in-place')).toBe('p1 p2 p3 d o1 o2 o3');
});

test('R3.40 set aside: the page goes back first, older than the other kept ones', () => {
  expect(skippedThenCleaned('aside')).toBe('p1 p2 p3 o1 o2 o3 d');
});

test('R3.40 before 2.6.39 clear_page_dirty_for_io() clears the tag: set by hand over the base it has no effect', () => {
  const tagged = (rig: Drawn) => rig.k.pages.setReclaim(rig.pfn('d'));

  expect(skippedThenCleaned('in-place', tagged)).toBe('p1 p2 p3 d o1 o2 o3');
});

test('R3.40 the tag goes when the page is dirtied anew, since it was for the old content', () => {
  const rig = machineFromText('free 4\n inactive_file: d%', { answers: { ...NO_FILE_WRITES, skippedDirty: 'tag' } });
  rig.k.pages.columns.version[rig.pfn('d')]!++;
  setPageDirty(rig.k, rig.k.task(0), rig.pfn('d'));

  expect(rig.page('d')).toBe('d!');
});
