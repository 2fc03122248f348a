import { expect, test } from 'vitest';
import { createChecker, sweep } from '../checks.ts';
import { type Drawn, machineFromText } from '../machine-from-text.ts';
import { copyState } from '../sim/checkpoint.ts';
import { WRITE } from './elevator.ts';
import { joinLine } from './line.ts';
import { setBit } from './page-bits.ts';
import { setPageDirty } from './page-state.ts';
import { createRequest } from './requests.ts';
import { B_IO } from './space.ts';
import { VM } from './vmstat.ts';

// Canaries: each plants one fault and expects the invariant that is there for it to say so.

const DRAWN = `free 6 min 1 low 2 high 3
  memcg tiny 9
  active_file: d/B:5
  inactive_file: c! b& a
  inactive_anon: s$`;

const FAULTS: readonly [string, string, (rig: Drawn) => void][] = [
  ['I1', 'a frame in two places', ({ k, pfn }) => k.pages.setReserved(pfn('a'))],
  ['I1', 'a frame nowhere', ({ k }) => void [k.buddy.alloc(0), k.buddy.alloc(0), k.buddy.alloc(0)]],
  ['I2', 'NR_FREE off by one', ({ k }) => void k.m.zone.buddy.freePages++],
  ['I2', 'nr_free of an order off by one', ({ k }) => void k.m.zone.buddy.blocks[0]!++],
  ['I3', 'a list length off by one', ({ k }) => void k.m.zone.lru.lengths[2]!++],
  ['I3', 'NR_FILE_DIRTY off by one', ({ k }) => void k.vm[VM.nr_file_dirty]!++],
  ['I3', 'NR_WRITEBACK off by one', ({ k }) => void k.vm[VM.nr_writeback]!++],
  ['I3', 'NR_FILE_PAGES off by one', ({ k }) => void k.vm[VM.nr_file_pages]!--],
  ['I3', 'NR_ISOLATED_FILE off by one', ({ k }) => void k.vm[VM.nr_isolated_file]!++],
  [
    'I3',
    'a torn list',
    ({ k, pfn }) => {
      k.pages.columns.prev[pfn('b')] = pfn('a');
    },
  ],
  ['I4', 'PG_active on an inactive list', ({ k, pfn }) => k.pages.setActive(pfn('a'))],
  ['I5', 'a page locked by nobody', ({ k, pfn }) => k.pages.setLocked(pfn('a'), 99)],
  ['I6', 'a free page under writeback', ({ k }) => k.pages.setWritebackFlag(Math.max(...k.m.zone.buddy.heads))],
  ['I7', 'a clean page that differs from the disk', ({ k, pfn }) => void k.pages.columns.version[pfn('a')]!++],
  ['I8', 'a dirty page without its tag', ({ k, pfn }) => tagless(k, pfn('c'))],
  ['I8', 'a writeback tag without the flag', ({ space }) => setBit(space('A').writebackTag, 2)],
  [
    'I9',
    'a swap slot that maps to another page',
    ({ k, pfn }) => {
      k.m.swap.cacheOf[1] = pfn('a');
    },
  ],
  [
    'I10',
    'one page at two indices',
    ({ space, pfn }) => {
      space('A').pageOf[9] = pfn('a');
    },
  ],
  ['I10', 'nrpages off by one', ({ space }) => void space('A').nrPages++],
  ['I11', 'dirty pages and a clean inode', ({ space }) => void Object.assign(space('A'), { dirtyPages: false })],
  ['I11', 'an inode on another list than it says', ({ space }) => void Object.assign(space('A'), { list: B_IO })],
  ['I11', 'b_dirty out of order', ({ k, space }) => unsorted(k, space)],
  ['I12', 'a charge that was never made', ({ k }) => void k.m.memcgs[1]!.usagePages++],
  ['I12', 'a charge released twice', ({ k }) => void k.m.memcgs[1]!.chargedPages--],
  [
    'I12',
    'a usage over the limit',
    ({ k }) => {
      k.m.memcgs[1]!.limitPages = 0;
    },
  ],
  ['I13', 'a request count without requests', ({ k }) => void k.m.blocks[0]!.count[1]++],
  ['I3', 'a dirty page more on the disk', ({ k }) => void k.m.bdis[0]!.reclaimablePages++],
  ['I15', 'a disk busy for longer than time has passed', ({ k }) => void k.blocks[0]!.stat.fill(1e18)],
  ['I15', 'a request on the disk that is free', ({ k }) => void k.blocks[0]!.inFlight.push(7)],
  ['I15', 'a write cache that holds more than it says', ({ k }) => void holdMore(k)],
  [
    'I16',
    'a priority of 13',
    ({ k }) => {
      k.task(0).sc.priority = 13;
    },
  ],
  [
    'I16',
    'nr_saved_scan of 32',
    ({ k }) => {
      k.m.zone.lru.savedScan[0] = 32;
    },
  ],
  [
    'I16',
    'a negative recent_rotated',
    ({ k }) => {
      k.m.zone.lru.recentRotated[0] = -1;
    },
  ],
];
type K = Drawn['k'];
function tagless(k: K, pfn: number): void {
  k.space(k.pages.columns.space[pfn]!).dirtyTag.words.fill(0);
}
function holdMore(k: K): void {
  k.blocks[0]!.disk.cacheStart.push(8);
  k.blocks[0]!.disk.cacheEnd.push(16);
}

function unsorted(k: K, space: Drawn['space']): void {
  setPageDirty(k, k.task(0), space('B').pageOf[5]!);
  k.pages.columns.version[space('B').pageOf[5]!]!++;
  space('A').dirtiedWhenNs = 7;
}

test.each(FAULTS)('I1–I13 I16 (%s) the sweep notices %s', (invariant, _fault, plant) => {
  const drawn = machineFromText(DRAWN);
  sweep(drawn.k);

  plant({ k: drawn.k, pfn: (name: string) => drawn.pfn(name), space: (name: string) => drawn.space(name) } as Drawn);

  expect(() => sweep(drawn.k)).toThrow(new RegExp(`\\(.*${invariant}\\b`));
});

const LOCAL_FAULTS: readonly [string, string, (rig: Drawn) => void][] = [
  [
    'I13',
    'a congested flag with 50 requests',
    ({ k }) => {
      k.m.bdis[0]!.congested[1] = true;
    },
  ],
  [
    'I13',
    '113 requests without the flag',
    ({ k }) => {
      k.m.blocks[0]!.count[1] = 113;
    },
  ],
  [
    'I13',
    '193 requests',
    ({ k }) => {
      k.m.blocks[0]!.count[1] = 193;
    },
  ],
  [
    'I15',
    'time that goes back',
    ({ k }) => {
      k.m.sim.nowNs = -1;
    },
  ],
  ['I17', 'watermarks out of order', ({ k }) => void Object.assign(k.m.zone, { low: 9 })],
  ['I20', 'more pages submitted than are done or under writeback', ({ k }) => void k.vm[VM.pages_submitted]!++],
];
test.each(LOCAL_FAULTS)('I13 I15 I17 I20 (%s) the check after every event notices %s', (invariant, _fault, plant) => {
  const drawn = machineFromText(DRAWN);
  const { check } = createChecker();
  check(drawn.k);

  plant(drawn);

  expect(() => check(drawn.k)).toThrow(`(${invariant})`);
});

test('I19 the check notices a file write of a direct reclaimer under patch 6', () => {
  const drawn = machineFromText(DRAWN, { kernel: 'rfc-v1' });
  const { check } = createChecker();
  check(drawn.k);

  drawn.k.vm[VM.memcg_reclaim_wrote_file]!++;

  expect(() => check(drawn.k)).toThrow('(I19)');
});

test('I14 I6 a page in two requests, and one in a request but not in flight, are noticed', () => {
  const plant = ({ k }: Drawn, pfn: number) => createRequest(k.blocks[0]!.requests, WRITE, 1, 0, 0, 0, [pfn], 0);
  const twice = machineFromText('free 4\n inactive_file: a~');
  plant(twice, twice.pfn('a'));
  plant(twice, twice.pfn('a'));
  const idle = machineFromText('free 4\n inactive_file: a');
  plant(idle, idle.pfn('a'));

  expect(() => sweep(twice.k)).toThrow('I14');
  expect(() => sweep(idle.k)).toThrow('I6');
});

test('I14 a request that is on one of the queue’s lists and not on the others is noticed', () => {
  const drawn = machineFromText('free 4\n inactive_file: a~');
  createRequest(drawn.k.blocks[0]!.requests, WRITE, 1, 0, 0, 0, [drawn.pfn('a')], 0);
  drawn.k.blocks[0]!.count[1]++;
  sweep(drawn.k);
  joinLine(drawn.k.blocks[0]!.arrival, 0);

  expect(() => sweep(drawn.k)).toThrow('I14');
});

test('I22 a task that waits for a lock nobody holds is noticed', () => {
  const drawn = machineFromText('free 4\n inactive_file: a');
  Object.assign(drawn.k.task(0), { state: 1, waitKind: 1, waitId: drawn.pfn('a') });

  expect(() => sweep(drawn.k)).toThrow('I22');
});

test('I21 two machines from one drawing that do the same are equal; a copy goes on as the original does', () => {
  const life = () => {
    const rig = machineFromText(DRAWN);
    rig.run('task', (k, t) => k.call.truncatePages(k, t, rig.space('B'), 0));
    return rig.k.m;
  };

  expect(copyState(life())).toEqual(life());
});
