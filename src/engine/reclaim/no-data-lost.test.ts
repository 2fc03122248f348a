import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { machineFromText } from '../machine-from-text.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const filePass = (k: Kernel, t: Task) => shrinkInactiveList(k, t, 1, true);

test('I7 a planted bug, a store that does not make its page dirty: reclaim of the page stops the run', () => {
  const rig = machineFromText('free 4\n inactive_file: a');
  rig.k.pages.setLocked(rig.pfn('a'), 0); // the sweep leaves a locked page alone
  rig.k.pages.columns.version[rig.pfn('a')]!++;
  rig.start('direct', (k, t) => {
    k.pages.clearLocked(rig.pfn('a'));
    return filePass(k, t);
  });

  expect(() => rig.passNs(1e6)).toThrow(
    /reclaim frees pfn \d+ at version 2, the disk has 1 \(I7\)|the disk has 1 \(I7\)/,
  );
});

test('I7 the same for a page of the swap cache', () => {
  const rig = machineFromText('free 4\n inactive_anon: a$');
  rig.k.pages.columns.version[rig.pfn('a')]!++;
  rig.start('direct', (k, t) => shrinkInactiveList(k, t, 1, false));

  expect(() => rig.passNs(1e6)).toThrow('reclaim frees pfn 4 at version 2, the disk has 1 (I7)');
});

test('I7 a page under writeback cannot leave its file', () => {
  const rig = machineFromText('free 4\n inactive_file: a~');

  expect(() => rig.k.call.truncatePages(rig.k, rig.k.task(0), rig.space('A'), 0)).not.toThrow();
  rig.run('direct', filePass);
  expect(rig.page('a')).toBe('a~');
});

test('I7 a write in flight carries the version of its start: a page dirtied meanwhile goes to the disk again', () => {
  const rig = machineFromText('free 4\n inactive_file: a!');
  const a = rig.pfn('a');
  rig.run('direct', filePass);
  rig.start('task', (k, t) => k.call.sysWrite(k, t, rig.space('A'), 0, 4096));
  rig.passNs(1e6);
  expect(rig.k.pages.columns.version[a]).toBe(3);

  rig.passNs(50e6);
  expect(rig.space('A').diskVersion[0]).toBe(2);
  expect(rig.page('a')).toMatch(/^a.*!/);
});
