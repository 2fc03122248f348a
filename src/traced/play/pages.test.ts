import { expect, test } from 'vitest';
import { CELL } from '../../abi/frame.ts';
import { type CellOrder, LIST_LOOK } from '../../abi/look.ts';
import { RUNS, traceAt } from '../recorded.test-double.ts';
import { biographyOf } from './biography.ts';
import { at, figure, line, machineOf } from './play.test-double.ts';
import { TracedMachine } from './traced-machine.ts';

const cache = (us: number, what: 'add_to' | 'delete_from', pfn: number, index: number, order = 0) =>
  line(
    'dd-9',
    us,
    `mm_filemap_${what}_page_cache: dev 8:1 ino c pfn=0x${pfn.toString(16)} ofs=${index * 4096} order=${order}`,
  );
const lru = (us: number, pfn: number, list: number) =>
  line('dd-9', us, `mm_lru_insertion: folio=000000003146c511 pfn=0x${pfn.toString(16)} lru=${list} flags= d `);
const dirty = (us: number, index: number) => line('dd-9', us, `writeback_dirty_folio: bdi 8:0: ino=12 index=${index}`);
const write = (us: number, pfn: number) =>
  line(
    'kswapd0-44',
    us,
    `mm_vmscan_write_folio: page=000000005c11931f pfn=0x${pfn.toString(16)} flags=RECLAIM_WB_FILE|RECLAIM_WB_ASYNC`,
  );

/** Frames 17, 16 and 32 hold pages 0, 1 and 2 of inode 12; 16 is anonymous before. */
const machine = machineOf(
  lru(0, 16, 0),
  cache(10, 'add_to', 17, 0),
  lru(11, 17, 2),
  cache(12, 'add_to', 16, 1),
  lru(13, 16, 2),
  cache(14, 'add_to', 32, 2),
  lru(15, 32, 3),
  dirty(20, 1),
  dirty(21, 7),
  write(30, 16),
  line('kswapd0-44', 31, 'block_rq_insert: 8,0 W 4096 () 800 + 8 [kswapd0]'),
  line('kworker/0:1H-43', 32, 'block_rq_issue: 8,0 W 4096 () 800 + 8 [kworker/0:1H]'),
  line('<idle>-0', 40, 'block_rq_complete: 8,0 W () 800 + 8 [0]'),
  cache(50, 'delete_from', 16, 1),
);
function cellsAt(us: number, order: CellOrder) {
  machine.look = { ...LIST_LOOK, order };
  const { frame } = at(machine, us);
  return { cells: [...frame.cells], strips: frame.strips, lists: frame.listPages };
}

test('lists hold the newest first; a page goes from clean to dirty to writeback, and is clean when its request is done', () => {
  expect(cellsAt(0, 'list')).toMatchObject({ cells: [CELL.CLEAN | CELL.ANON], lists: [1, 0, 0, 0, 0, 0] });
  expect(cellsAt(15, 'list')).toMatchObject({ cells: [CELL.CLEAN, CELL.CLEAN, CELL.CLEAN], lists: [0, 0, 2, 1, 0, 0] });
  const newest = [20, 30, 39, 40, 50].map((us) => cellsAt(us, 'list').cells);
  expect(newest.map(([first]) => first)).toEqual([CELL.DIRTY, CELL.WRITEBACK, CELL.WRITEBACK, CELL.CLEAN, CELL.CLEAN]);
  expect(newest.map((cells) => cells.length)).toEqual([3, 3, 3, 3, 2]);
  expect(figure(at(machine, 25), 'pages_dirtied')).toBe(2);
});

test('the same pages by file and by frame number', () => {
  const files = cellsAt(25, 'file');
  expect(files.strips).toEqual([{ kind: 'file', name: 'inode 12', space: 0, pages: 8 }]);
  expect(files.cells).toEqual([CELL.CLEAN, CELL.DIRTY, CELL.CLEAN, 0, 0, 0, 0, 0]);
  expect(cellsAt(25, 'pfn')).toMatchObject({ cells: [CELL.DIRTY, CELL.CLEAN, CELL.CLEAN], strips: [{ pages: 3 }] });
});

test('pages that a flusher has gone over since it was last told of are clean, over the end of the file as well', () => {
  const sweep = (us: number, index: number) =>
    line(
      'kworker/u4:5-1',
      us,
      `writeback_single_inode: bdi 8:0: ino=12 state=I_SYNC dirtied_when=1 age=1 index=${index} to_write=9 wrote=9 cgroup_ino=1`,
    );
  const pages = [0, 1, 2, 3, 4];
  const swept = machineOf(
    ...pages.map((index) => cache(index, 'add_to', index + 16, index)),
    ...pages.map((index) => dirty(10 + index, index)),
    sweep(20, 2),
    sweep(30, 4),
    sweep(40, 1),
  );
  swept.look = { order: 'file', parts: [], lit: [] };
  const dirtyAt = (us: number) => pages.filter((index) => at(swept, us).frame.cells[index] === CELL.DIRTY);
  expect([20, 30, 40].map(dirtyAt)).toEqual([pages, [0, 1, 4], [1]]);
  const life = biographyOf(swept.index, { space: 0, index: 3 }, 60_000);
  const last = life.ok ? life.value.events.at(-1)! : undefined;
  expect(`${last?.by.name} ${last?.says} ${last?.state.bits}`).toBe(
    'kworker/u4:5 has gone over its part of the file, and written what was dirty there 0',
  );
});

test('a page under the pointer is named, and found again where it is', () => {
  const page = { kind: 'page', space: 0, index: 1 } as const;
  const lit = [page, { ...page, index: 5 }];
  for (const [order, place] of [
    ['list', 0],
    ['file', 1],
    ['pfn', 0],
  ] as const) {
    machine.look = { order, parts: [], lit };
    const { found } = at(machine, 25).frame;
    expect(machine.pageAt({ in: 'cells', at: place }), order).toEqual(page);
    expect(found[0]!.page, order).toMatchObject({ name: 'inode 12', pfn: 16, list: 2, fromTail: 1, at: place });
    expect(found[1]!.page, order).toMatchObject({ pfn: -1, cell: CELL.FREE });
  }
  expect(machine.pageAt({ in: 'cells', at: 99 })).toBeUndefined();
});

test('the life of a page is what the events say of it, by whom, in order', () => {
  const life = biographyOf(machine.index, { space: 0, index: 1 }, 60_000);
  const told = life.ok
    ? life.value.events.map(({ atNs, by, fn, says }) => `${atNs / 1000} ${by.name} ${fn} ${says}`)
    : [];
  expect(told).toEqual([
    '12 dd mm_filemap_add_to_page_cache puts it into the page cache',
    '13 dd mm_lru_insertion puts it at the head of inactive_file',
    '20 dd writeback_dirty_folio makes it dirty',
    '30 kswapd0 mm_vmscan_write_folio hands it to ->writepage: RECLAIM_WB_FILE|RECLAIM_WB_ASYNC',
    '40 disk  has written it',
    '50 dd mm_filemap_delete_from_page_cache takes it out of the page cache',
  ]);
  expect(biographyOf(machine.index, { space: 3, index: 1 }, 0).ok).toBe(false);
});

test('a folio of many pages comes, is dirtied at its first page, and goes as one', () => {
  const folio = machineOf(cache(0, 'add_to', 64, 4, 2), lru(1, 64, 2), dirty(2, 4), cache(9, 'delete_from', 64, 4, 2));
  expect(at(folio, 1).frame.listPages[2]).toBe(4);
  expect(at(folio, 9).frame.cells).toHaveLength(0);
});

test.each(RUNS.filter(({ name }) => name === 'full pages'))(
  '$name: what is cached is what a slow count finds',
  ({ trace }) => {
    const run = new TracedMachine('pages', traceAt(trace).table);
    run.look = { ...LIST_LOOK, order: 'file' };
    const { rows } = run.index;
    for (const share of [0.3, 0.77]) {
      run.seek(run.durationNs * share);
      const { cells } = run.takeAdvance().frame;
      const cached = new Set<string>();
      for (let row = 0; row < run.eventsDone; row++) {
        const [, what, pfn] = /^mm_filemap_(add|delete).* pfn=(\S+)/.exec(rows.eventText(row)) ?? [];
        if (what === 'add') cached.add(pfn!);
        else if (what === 'delete') cached.delete(pfn!);
      }
      expect(cells.filter((cell) => (cell & CELL.STATE) !== CELL.FREE)).toHaveLength(cached.size);
    }
  },
);
