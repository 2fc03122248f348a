import { expect, test } from 'vitest';
import { GFP_KERNEL } from '../machine/gfp.ts';
import type { Kernel } from '../machine/kernel.ts';
import { commitCharge, tryCharge } from '../machine/memcg.ts';
import { type Task, TIF_MEMDIE } from '../machine/task.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { memCgroupHierarchicalReclaim } from './memcg-hierarchy.ts';
import { takeReferenced } from './referenced.ts';
import { shrinkInactiveList } from './shrink-inactive.ts';

const reclaim = (k: Kernel, t: Task) => memCgroupHierarchicalReclaim(k, t, 1, GFP_KERNEL);
const usages = ({ k }: Drawn) => k.m.memcgs.map(({ usagePages }) => usagePages);
/** A group of two; each of the two has file pages, clean. */
const FAMILY = 'free 9 swap 0\n memcg box 200\n memcg one 150 in box\n memcg two 150 in box\n';

test('R6.5 a charge counts in the group and all above it, whole or not at all; failcnt is the refusing group’s', () => {
  const rig = machineFromText('free 9\n memcg box 10\n memcg one 100 in box\n memcg alone 5');

  expect(tryCharge(rig.k, 2, 8)).toBe(0);
  expect(tryCharge(rig.k, 2, 3)).toBe(1);
  expect(tryCharge(rig.k, 3, 6)).toBe(3);

  expect(usages(rig)).toEqual([0, 8, 8, 0]);
  expect(rig.k.m.memcgs.map(({ failcnt }) => failcnt)).toEqual([0, 1, 0, 1]);
});

/** The order in which the groups' own lists were reclaimed from. */
function victims(text: string, times: number): string[] {
  const rig = machineFromText(text);
  const seen: string[] = [];
  for (let round = 0; round < times; round++) {
    rig.run('task', reclaim, (t) => {
      t.memcg = 1;
      const { sc } = t;
      let memcg = 0;
      Object.defineProperty(sc, 'memcg', {
        get: () => memcg,
        set: (id: number) => {
          memcg = id;
          seen.push(rig.k.m.memcgs[id]!.name);
        },
        enumerable: true,
      });
    });
  }
  return seen;
}

test('R6.5 the groups of the subtree take turns by number, from where the last round stopped', () => {
  // box has no page of its own and is passed over; each call frees 32 and is under the limit after one group.
  const text = `${FAMILY}inactive_file: p{100}&2 q{100}&3`;

  expect(victims(text, 5)).toEqual(['one', 'two', 'one', 'two', 'one']);
});

test('R6.5 nothing to be had: every group with pages is tried, and the second visit of the root ends it with 0', () => {
  const rig = machineFromText(`${FAMILY}inactive_file: p{100}&2~ q{100}&3~`, { serviceNs: 1e12 });
  rig.k.m.memcgs[1]!.limitPages = 200;

  expect(rig.run('task', reclaim)).toBe(0);
  expect(rig.vm.memcg_reclaims).toBe(2);
});

test('R6.5 under the limit again: one more than was freed is the answer', () => {
  const rig = machineFromText(`${FAMILY}inactive_file: p{100}&2 q{100}&3`);

  expect(rig.run('task', reclaim)).toBe(33);
  expect(usages(rig)).toEqual([0, 168, 68, 100]);
});

test('R6.5 each visit of the root gives all stocks back, those of other groups too', () => {
  const rig = machineFromText(`${FAMILY}memcg else 99\n inactive_file: p{100}&2 q{68}&3`);
  const holder = rig.start('task', (k, t) => k.call.throttleVmWriteout(k, t, 0)).t;
  rig.passNs(1);
  Object.assign(holder, { state: 1, stockPages: 31, memcg: 4 });
  rig.k.m.memcgs[4]!.usagePages = 31;
  rig.k.m.memcgs[1]!.lastScannedChild = 3; // the round has come to its end: the root is next

  rig.run('task', reclaim);

  expect([holder.stockPages, usages(rig)[4]]).toEqual([0, 0]);
});

test('R6.2 R6.5 reclaim at a limit leaves the rest of the machine alone: no kswapd, no PGSCAN, no other group', () => {
  const rig = machineFromText(`${FAMILY}memcg else 99\n inactive_file: p{100}&2 q{68}&3 r{20}&4 s{30}`);

  rig.run('task', reclaim);

  expect(rig.pfnsOf('inactive_file', 4).length).toBe(20);
  expect(rig.vm).toMatchObject({ pgscan_direct: 0, pgscan_kswapd: 0, allocstall: 0, kswapd_wake_requests: 0 });
  expect(rig.vm.memcg_pages_scanned).toBe(32);
});

test('R6.10 a small group is not scanned before its accumulators reach 32: priority 9 at 12 800 pages, with a nap ahead', () => {
  const rig = machineFromText('free 9 swap 0\n memcg small 12800\n file A 12800\n inactive_file: p{12800}&');
  const priorities: number[] = [];
  rig.run('task', reclaim, (t) => {
    let { priority } = t.sc;
    Object.defineProperty(t.sc, 'priority', {
      get: () => priority,
      set: (value: number) => {
        priority = value;
        if (rig.vm.memcg_pages_scanned === 0) priorities.push(value);
      },
      enumerable: true,
    });
  });

  // 3 + 6 + 12 = 21 pages are saved up at 12, 11 and 10; with the 25 of priority 9 they are 46.
  expect(priorities).toEqual([12, 11, 10, 9]);
});

test('R6.7 the victim comes from the group whose limit refused and from what lies below it', () => {
  const rig = machineFromText(`${FAMILY}memcg else 99`);
  const tasks = [2, 3, 4, 0].map((memcg, at) => {
    const { t } = rig.start('task', (k, task) => k.call.throttleVmWriteout(k, task, 0));
    rig.passNs(1);
    return Object.assign(t, { state: 1, memcg, totalVmPages: 100 + at });
  });
  rig.k.m.memcgs[1]!.limitPages = 0;
  const dirtyCharge = (k: Kernel, t: Task) => k.call.sysWrite(k, t, rig.space('A'), 0, 4096);

  rig.start('task', dirtyCharge, (t) => {
    t.memcg = 2;
  });
  rig.passNs(1e6);

  expect(tasks.map(({ flags }) => flags & TIF_MEMDIE)).toEqual([0, TIF_MEMDIE, 0, 0]);
});

test('R6.4 I12 a page charged to a group below counts above it until it is uncharged', () => {
  const rig = machineFromText(FAMILY);

  rig.run(
    'task',
    (k, t) => k.call.sysWrite(k, t, rig.space('A'), 0, 4096),
    (t) => {
      t.memcg = 2;
    },
  );
  expect(usages(rig)).toEqual([0, 32, 32, 0]);
  rig.run('task', (k, t) => k.call.truncatePages(k, t, rig.space('A'), 0));

  expect(usages(rig)).toEqual([0, 31, 31, 0]); // the stock is left
  expect(rig.k.m.memcgs[2]).toMatchObject({ chargedPages: 0, dirtyPages: 0 });
});

test('R6.6 every 1024th charge or uncharge of a group records its excess, and that of the groups above it', () => {
  const rig = machineFromText(
    'free 9\n memcg box 9999 soft 10\n memcg one 9999 soft 20 in box\n memcg two 9999 soft 0\n inactive_file: p{30}&2',
  );
  const [, box, one, two] = rig.k.m.memcgs;
  one!.events = 1022;
  const charge = () => {
    const pfn = rig.pfn('p1');
    rig.k.lru.leaveMemcg(pfn);
    commitCharge(rig.k, pfn, 2);
    rig.k.lru.joinMemcg(pfn);
  };

  charge();
  expect([box!.recordedExcess, one!.recordedExcess]).toEqual([0, 0]);
  charge();
  expect([box!.recordedExcess, one!.recordedExcess, two!.recordedExcess]).toEqual([20, 10, 0]);
});

test('R6.11 a page that a task of another group maps and uses goes by its owner’s limit; exactly the owner’s ptes count', () => {
  // The page's mapping is by a task of `memcg`; a page found used makes another lap, one that is not goes at once.
  const pagesLeft = (memcg: number) => {
    const rig = machineFromText('free 9 swap 0\n memcg box 900\n memcg one 900 in box\n inactive_file: p{32}&2');
    for (const pfn of rig.pfnsOf('inactive_file')) rig.k.pages.map(pfn, false, memcg); // born young
    rig.run(
      'memcg',
      (k, t) => shrinkInactiveList(k, t, 32, true),
      (t) => {
        t.sc.memcg = 2;
      },
    );
    return rig.pfnsOf('inactive_file').length;
  };

  expect(pagesLeft(2)).toBe(32);
  expect(pagesLeft(1)).toBe(0);
  expect(pagesLeft(0)).toBe(0);
});

test('R6.11 another group’s read() counts: it sets PG_referenced, which is nobody’s; global reclaim counts every pte', () => {
  const rig = machineFromText('free 9 swap 0\n memcg one 900\n inactive_file: p*&!');
  const [pfn] = rig.pfnsOf('inactive_file');
  rig.k.pages.map(pfn!, false, 7);

  rig.run(
    'task',
    (k, t) => (takeReferenced(k, t, pfn!) ? 1 : 0),
    (t) => {
      t.sc.memcg = 1;
    },
  );
  expect(rig.k.pages.isYoung(pfn!)).toBe(true); // left for whoever it is of

  expect(rig.run('task', (k, t) => (takeReferenced(k, t, pfn!) ? 1 : 0))).toBe(1);
  expect(rig.k.pages.isReferenced(pfn!)).toBe(true);
});
