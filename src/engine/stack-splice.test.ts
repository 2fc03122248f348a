import { beforeAll, describe, expect, test } from 'vitest';
import type { TaskFrame } from '../abi/frame.ts';
import { S } from '../abi/units.ts';
import { stackSplice } from '../scenarios/stack-splice.ts';
import type { Engine } from './engine.ts';
import { VM } from './machine/vmstat.ts';
import { boot, metric, run } from './scene-rig.ts';

/** John Berthels' trace of 7 April 2010, outermost first: function, its bytes, depth with it. */
const TRACE = `
  system_call_fastpath 128 128 | sys_select 112 240 | core_sys_select 416 656 | do_select 912 1568 |
  sock_poll 16 1584 | unix_poll 32 1616 | __pollwait 48 1664 | __get_free_pages 16 1680 |
  alloc_pages_current 48 1728 | __alloc_pages_nodemask 240 1968 | try_to_free_pages 128 2096 |
  do_try_to_free_pages 112 2208 | shrink_zone 528 2736 | shrink_page_list 384 3120 |
  xfs_vm_writepage 64 3184 | xfs_page_state_convert 256 3440 | xfs_map_blocks 32 3472 |
  xfs_iomap 208 3680 | xfs_iomap_write_allocate 256 3936 | xfs_bmapi 448 4384 |
  xfs_bmap_add_extent 208 4592 | xfs_bmap_add_extent_delay_real 352 4944 |
  xfs_btree_insert 128 5072 | xfs_btree_insrec 224 5296 | xfs_btree_make_block_unfull 96 5392 |
  xfs_btree_split 208 5600 | xfs_bmbt_alloc_block 160 5760 | xfs_alloc_vextent 96 5856 |
  xfs_alloc_ag_vextent 32 5888 | xfs_alloc_ag_vextent_near 144 6032 | xfs_alloc_fixup_trees 96 6128 |
  xfs_alloc_lookup_eq 16 6144 | xfs_btree_lookup 176 6320 | xfs_btree_lookup_get_block 80 6400 |
  xfs_btree_read_buf_block 80 6480 | xfs_trans_read_buf 80 6560 | xfs_buf_read 48 6608 |
  _xfs_buf_read 32 6640 | xfs_buf_iorequest 48 6688 | _xfs_buf_ioapply 96 6784 | submit_bio 80 6864 |
  generic_make_request 208 7072 | __make_request 96 7168 | get_request_wait 144 7312 |
  get_request 96 7408 | mempool_alloc 144 7552 | mempool_alloc_slab 16 7568
`
  .split('|')
  .map((row) => row.trim().split(' '))
  .map(([name, size, depth]) => ({ name: name!, size: Number(size), depth: Number(depth) }));

const tasksOf = (engine: Engine) => engine.takeAdvance().frame.tasks;
const named = (tasks: readonly TaskFrame[], name: string) => tasks.filter((task) => task.name.startsWith(name));
const deepest = (tasks: readonly TaskFrame[]) => Math.max(...tasks.map(({ stackHighBytes }) => stackHighBytes));

/** A machine that is soon full. */
const SMALL = { 'machine.memory_mib': 16 };
const UNTIL_S = 5;

describe('stack-splice', () => {
  let a: Engine;
  let b: Engine;
  beforeAll(() => {
    a = run(stackSplice, UNTIL_S, { machine: 'A', knobs: SMALL }).engine;
    b = run(stackSplice, UNTIL_S, { machine: 'B', knobs: SMALL }).engine;
  });

  test('the published trace is what a poller of the baseline shows, function by function and depth by depth', () => {
    const poller = named(tasksOf(a), 'apache').find(({ spliceAt }) => spliceAt !== -1)!;
    let depth = 0;
    const chain: (typeof TRACE)[number][] = [];
    for (const { name, bytes } of poller.stackHigh) {
      depth += bytes;
      if (bytes > 0) chain.push({ name, size: bytes, depth }); // what is inlined has no row of its own
    }

    expect(chain).toEqual(TRACE);
    expect(poller.stackHigh[poller.spliceAt]!.name).toBe('xfs_vm_writepage');
    expect(poller.stackHigh.some(({ assumed }) => assumed)).toBe(false);
  });

  test('the baseline passes 7500 bytes, and the writers, with 2 KiB below them, overflow', () => {
    const tasks = tasksOf(a);
    expect(deepest(named(tasks, 'apache'))).toBe(7568);
    expect(deepest(named(tasks, 'upload'))).toBeGreaterThan(8192 - 104);
    expect(a.stopped).toBeUndefined();
    expect(a.kernel.vm[VM.stack_overflows]).toBeGreaterThan(0);
  });

  test('I19 with patch 6 no reclaiming task enters the filesystem, and none uses 4500 bytes', () => {
    const tasks = tasksOf(b).filter(({ kind }) => kind === 'task');
    expect(tasks.every(({ spliceAt }) => spliceAt === -1)).toBe(true);
    expect(deepest(tasks)).toBeLessThan(4500);
    expect(deepest(named(tasks, 'apache'))).toBe(1664 + 304 + 1152 + 448);
  });
});

test('overflows are counted, or the first ends the run in a sentence that names task, function and bytes', () => {
  const with16KiB = { ...SMALL, 'machine.thread_size': '16384' };
  expect(metric(run(stackSplice, UNTIL_S, { machine: 'A', knobs: with16KiB }).m, 'stack_overflows')).toBe(0);

  const stopping = boot(stackSplice, { machine: 'A', knobs: { ...SMALL, 'machine.stack_overflow': 'stop' } });
  stopping.advance(2 * UNTIL_S * S);
  expect(stopping.stopped).toMatch(
    /^\w+(-\d)? overflows its kernel stack in \w+: \d{4} bytes deep, and there are 8088$/,
  );
  expect(stopping.nowNs).toBeLessThan(UNTIL_S * S);
});

test('callers that no trace names use 2 to 5 KiB, by the seed and not by the kernel', () => {
  const callersOf = (kernel: string, seed: number) => {
    const booted = boot(stackSplice, { kernel, seed, knobs: { 'machine.caller_stack': 0, 'workload.uploaders': 3 } });
    return booted.kernel.sim.threads
      .filter(({ name }) => name.startsWith('upload'))
      .map(({ callerBytes }) => callerBytes);
  };
  const bytes = [1, 2, 3, 4, 5, 6].flatMap((seed) => callersOf('v2.6.35-rc2', seed));
  expect(bytes.every((one) => one >= 2048 && one <= 5120 && one % 16 === 0)).toBe(true);
  expect(new Set(bytes).size).toBeGreaterThan(12);
  expect(callersOf('rfc-v1', 4)).toEqual(callersOf('v2.6.35-rc2', 4));
});
