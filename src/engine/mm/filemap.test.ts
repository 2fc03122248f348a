import { expect, test } from 'vitest';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { touchAnon } from './anon-fault.ts';
import { touchMapped } from './filemap-fault.ts';
import { sysRead } from './filemap-read.ts';
import { sysWrite } from './filemap-write.ts';

const MS = 1e6;
const write = (rig: Drawn, pos: number, length: number) =>
  rig.run('task', (k, t) => sysWrite(k, t, rig.space('A'), pos, length));
/** One open file: reads one after the other by one task. */
function reads(rig: Drawn, ...ranges: readonly [number, number][]): void {
  let task: Task | undefined;
  for (const [pos, length] of ranges) {
    rig.run(
      'task',
      (k: Kernel, t: Task) => sysRead(k, t, rig.space('A'), pos, length),
      (t) => {
        t.readahead = task?.readahead ?? t.readahead;
        task = t;
      },
    );
  }
}

test('R3.2 a page read in goes to the head of inactive file, and so does a page written', () => {
  const rig = machineFromText('free 9\n inactive_file: z');

  reads(rig, [4 * 4096, 1]);
  expect(rig.list('inactive_file')).toBe('A:4* z');
  write(rig, 5 * 4096, 4096);

  expect(rig.list('inactive_file')).toBe('A:5*! A:4* z');
});

test('R3.2 a new anon page goes to the head of active anon', () => {
  const rig = machineFromText('free 9\n active_anon: z');

  rig.run('task', (k, t) => touchAnon(k, t, 30, true));

  expect(rig.pfnsOf('active_anon').map((pfn) => rig.nameOf(pfn))).toEqual(['anon:30', 'z']);
});

test('R3.6 R3.9 a write of a whole page leaves it inactive with PG_referenced and dirty', () => {
  const rig = machineFromText('free 9\n inactive_file: a');

  write(rig, 0, 4096);

  expect(rig.list('inactive_file')).toBe('a*!');
});

test('R3.6 E19 a rewrite in chunks of 1 KiB marks per chunk: the second activates the dirty page', () => {
  const rig = machineFromText('free 9\n inactive_file: a');

  write(rig, 0, 1024);
  expect(rig.list('inactive_file')).toBe('a*!');
  write(rig, 1024, 1024);
  expect(rig.list('active_file')).toBe('a!');
});

test('R3.6 one write() over two pages marks each once', () => {
  const rig = machineFromText('free 9\n inactive_file: a b');

  write(rig, 0, 8192);

  expect(rig.list('inactive_file')).toBe('a*! b*!');
});

test('R3.6 read(): once per page per sequential pass; going on inside the page does not mark it again', () => {
  const rig = machineFromText('free 9\n inactive_file: a');

  reads(rig, [0, 1024], [1024, 1024], [2048, 2048]);

  expect(rig.list('inactive_file')).toBe('a*');
});

test('R3.6 reading the same bytes again marks again: the page is activated', () => {
  const rig = machineFromText('free 9\n inactive_file: a');

  reads(rig, [0, 1024], [0, 1024]);

  expect(rig.list('active_file')).toBe('a');
});

test('R3.6 a first store through a mapping does not mark the page accessed', () => {
  const rig = machineFromText('free 9\n inactive_file: a');

  rig.run('task', (k, t) => touchMapped(k, t, rig.space('A'), 0, true));

  expect(rig.list('inactive_file')).toBe('a!^');
});

test('R5.1 a store through a mapping dirties once; later ones are the hardware’s, until the page is cleaned for I/O', () => {
  const rig = machineFromText('free 9\n inactive_file: a');
  const store = () => rig.run('task', (k, t) => touchMapped(k, t, rig.space('A'), 0, true));

  store();
  store();
  expect(rig.vm).toMatchObject({ pgfault: 1, pages_dirtied: 1 });

  rig.run('task', (k, t) => {
    t.wbc.nrToWrite = 9;
    return k.call.doWritepages(k, t, rig.space('A'));
  });
  expect(rig.k.pages.isPteWritable(rig.pfn('a'))).toBe(false);
  rig.passNs(10 * MS);
  store();
  expect(rig.vm).toMatchObject({ pgfault: 2, pages_dirtied: 2 });
});

test('R5.1 write(): the page is locked while it is filled, dirty when it is unlocked, then the dirtier does its duty', () => {
  const seen: string[] = [];
  const rig = machineFromText('free 9\n inactive_file: a', {
    call: {
      balanceDirtyPagesRatelimited: () => {
        seen.push(rig.page('a'));
        return 0;
      },
    },
  });

  rig.start('task', (k, t) => sysWrite(k, t, rig.space('A'), 0, 4096));
  rig.k.sched.horizonNs = 500;
  while (rig.k.sched.runOne(rig.k));
  expect(rig.page('a')).toBe('a@');
  rig.passNs(1 * MS);

  expect(seen).toEqual(['a*!']);
});

test('R5.1 a whole aligned page needs no read, part of one that is on the disk does', () => {
  const rig = machineFromText('free 9\n inactive_file: a');

  write(rig, 7 * 4096, 4096);
  expect(rig.calls('bio')).toEqual([]);
  write(rig, 8 * 4096, 100);
  expect(rig.calls('bio')).toEqual(['R 64: A:8']);
});

test('R5.2 the first dirtying counts, tags, and dirties the inode; the second does nothing', () => {
  const rig = machineFromText('free 9\n inactive_file: a');
  const state = () => {
    const { nr_file_dirty, pages_dirtied } = rig.vm;
    const { dirtyTag, dirtyPages } = rig.space('A');
    return {
      nr_file_dirty,
      reclaimable: rig.k.m.bdis[0]!.reclaimablePages,
      pages_dirtied,
      tagged: dirtyTag.count,
      dirtyPages,
      dirties: rig.k.m.proportions.dirties,
    };
  };
  const once = { nr_file_dirty: 1, reclaimable: 1, pages_dirtied: 1, tagged: 1, dirtyPages: true, dirties: 1 };

  write(rig, 0, 4096);
  expect(state()).toEqual(once);
  write(rig, 0, 4096);
  expect(state()).toEqual(once);
});

test('R5.3 dirtied_when is the time of the first dirtying', () => {
  const rig = machineFromText('free 9\n inactive_file: a b');
  rig.passNs(5 * MS);
  write(rig, 0, 4096);
  const { dirtiedWhenNs } = rig.space('A');
  expect(dirtiedWhenNs).toBeGreaterThan(5 * MS);

  rig.passNs(5 * MS);
  write(rig, 4096, 4096);

  expect(rig.space('A').dirtiedWhenNs).toBe(dirtiedWhenNs);
});

test('I7 truncate is the lawful way for dirty data to vanish: the disk forgets it too', () => {
  const rig = machineFromText('free 9\n inactive_file: b! a');

  rig.run('task', (k, t) => k.call.truncatePages(k, t, rig.space('A'), 0));

  expect(rig.free).toBe(11);
  expect(rig.vm).toMatchObject({ nr_file_dirty: 0, nr_file_pages: 0 });
  expect(Array.from(rig.space('A').diskVersion.slice(0, 2))).toEqual([0, 0]);
});
