import { expect, test } from 'vitest';
import { describeError } from '../../abi/errors.ts';
import { fieldOf, printedTime, type ReadTrace, TraceValues } from '../../abi/trace-table.ts';
import { readTrace } from './read.ts';

function read(...lines: string[]): ReadTrace {
  const result = readTrace({ name: 'f', bytes: new TextEncoder().encode(`${lines.join('\n')}\n`) });
  if (!result.ok) throw new Error(describeError(result.error));
  expect(result.value.reading.unparsed).toEqual([]);
  return result.value;
}

/** cpu, flags, task, time, event and fields of the first event, in words. */
function first(...lines: string[]): string {
  const { table, reading } = read(...lines);
  const values = new TraceValues(table);
  const { event, fields } = values.shape(0);
  const { name, pid, tgid } = table.tasks[table.task[0]!]!;
  const said = fields.map((field, at) => `${field.name}=${values.text(0, at)}`).join(' ');
  const when = `${table.texts[table.flags[0]!]} ${printedTime(table, 0)}`;
  return `${reading.dialects.join()} | ${name}/${pid}/${tgid} ${table.cpu[0]} ${when} | ${event} ${said}`;
}

const ISSUE = 'dev=8,0 rwbs=W bytes=4096 cmd= sector=1853440 nr_sector=8 comm=dd';

test('the kernel of the series prints no flags; later ones four, five, and letters of lazy rescheduling', () => {
  const begin = (flags: string) =>
    first(
      `              dd-172     [003] ${flags}   123.456789: mm_vmscan_direct_reclaim_begin: order=0 may_writepage=1 gfp_flags=GFP_KERNEL`,
    );
  const said = 'mm_vmscan_direct_reclaim_begin order=0 may_writepage=1 gfp_flags=GFP_KERNEL';
  for (const flags of ['', 'd...', 'd..1.', 'DLZf3', 'bBz.2', 'XXXXX']) {
    expect(begin(flags)).toBe(`trace | dd/172/-1 3 ${flags} 123456789000 | ${said}`);
  }
});

test('the events of this project are read as the kernel words them, and in its older key=value wording too', () => {
  const front = '         kswapd0-44      [000]    12.123087: ';

  expect(first(`${front}block_rq_issue: 8,0 W 4096 () 1853440 + 8 [dd]`)).toContain(ISSUE);
  expect(first(`${front}block_rq_issue: dev=8,0 sector=7 nr_sector=8 write=1 by=3`)).toContain('dev=8,0 sector=7');
  expect(first(`${front}mm_vmscan_writepage: page=ffffea0000000040 pfn=214530 flags=RECLAIM_WB_FILE`)).toContain(
    'page=ffffea0000000040 pfn=214530 flags=RECLAIM_WB_FILE',
  );
});

test('trace-cmd: padded names, with and without flags, glued latency columns, its own word for lost events', () => {
  const text = 'block_rq_issue:       8,0 W 4096 () 1853440 + 8 [dd]';
  const said = `dd/172/-1 1`;

  expect(first('cpus=2', `              dd-172   [001]     5.859758: ${text}`)).toBe(
    `trace-cmd report | ${said}  5859758000 | block_rq_issue ${ISSUE}`,
  );
  expect(first(`              dd-172   [001] d..1.     5.859758: ${text}`)).toBe(
    `trace-cmd report | ${said} d..1. 5859758000 | block_rq_issue ${ISSUE}`,
  );
  expect(first(`      dd-172     1d..1.     5.859758: ${text}`)).toBe(
    `latency-format | ${said} d..1. 5859758000 | block_rq_issue ${ISSUE}`,
  );
  const lost = read('CPU:1 [12 EVENTS DROPPED]', `              dd-172   [001]     5.859758: ${text}`);
  expect(lost.table.gaps).toEqual([{ beforeRow: 0, cpu: 1, events: 12 }]);
  const { reading } = read(
    `              dd-172   [001]     5.859758: ${text}`,
    `              dd-172   [001]     5.859759: kernel_stack:         <stack trace >`,
    '=> blk_mq_start_request (ffffffff8159b2a1)',
    '=> ffffffff8159b2a1',
  );
  expect(reading).toMatchObject({ eventLines: 2, stackLines: 2, unparsedLines: 0 });
});

test('system calls are understood, and no events: they have no name of one', () => {
  const front = '              dd-172     [001] .....     5.859758: ';
  const { reading } = read(
    `${front}block_rq_issue: 8,0 W 4096 () 1853440 + 8 [dd]`,
    `${front}sys_pread64(fd: 3, buf: 7ffe, count: 1000, pos: 6000)`,
    `${front}sys_pread64 -> 0x1000`,
    `${front}sys_sync()`,
  );
  expect(reading).toMatchObject({ eventLines: 1, functionLines: 3, unparsedLines: 0 });
});

test('perf: threads and their groups, nanoseconds, no cpu where it recorded one task, call chains', () => {
  const text = 'block:block_rq_issue: 8,0 W 4096 () 1853440 + 8 [dd]';

  expect(first(`my prog 1   172/173   [001]     5.859758123:    ${text}`)).toBe(
    `perf script | my prog 1/173/172 1  5859758123 | block_rq_issue ${ISSUE}`,
  );
  expect(first(`              dd   172     5.859758:    ${text}`)).toBe(
    `perf script | dd/172/-1 -1  5859758000 | block_rq_issue ${ISSUE}`,
  );
  const { reading } = read(
    `dd   172 [001]     5.859758: ${text}`,
    '\tffffffff8159b2a1 blk_mq_start_request+0x91 ([kernel.kallsyms])',
    '\t    7f1e2c0fe1d7 __GI___libc_write+0x17 (/lib/x86_64-linux-gnu/libc.so.6)',
    '',
  );
  expect(reading).toMatchObject({ eventLines: 1, stackLines: 2, emptyLines: 1 });
});

test('function_graph: events among calls, with time and task where its options print them', () => {
  const event = '/* mm_vmscan_direct_reclaim_begin: order=0 gfp_flags=GFP_NOFS|__GFP_MOVABLE */';
  const said = 'mm_vmscan_direct_reclaim_begin order=0 gfp_flags=GFP_NOFS|__GFP_MOVABLE';

  expect(first(` 1)               |      ${event}`)).toBe(`function_graph | /-1/-1 1  0 | ${said}`);
  expect(first(`   26.931100 |   1)    dd-384    |               |  ${event}`)).toBe(
    `function_graph | dd/384/-1 1  26931100000 | ${said}`,
  );
  const { reading } = read(` 1)               |  ${event}`, ' 1)   4.210 us    |  }', ' 0)   dd-384   =>   sync-385  ');
  expect(reading).toMatchObject({ eventLines: 1, functionLines: 2 });
});

test('numbers keep every digit: sectors of -1, LONG_MAX pages, inodes of 64 bits, pointers with their zeros', () => {
  const front = '         kswapd0-44      [000] .....    12.123087: ';
  const { table } = read(
    `${front}block_rq_complete: 8,0 FF () 18446744073709551615 + 0 [0]`,
    `${front}writeback_start: bdi 8:0: sb_dev 0:0 nr_pages=9223372036854775807 reason=background`,
    `${front}writeback_start: bdi 8:0: sb_dev 0:0 nr_pages=-9223372036854775808 reason=background`,
    `${front}mm_filemap_add_to_page_cache: dev 8:1 ino ffffffffffffffff pfn=0x9d7 ofs=62468096 order=0`,
    `${front}mm_vmscan_write_folio: page=0000000000000001 pfn=0xffffffffffffffff flags=RECLAIM_WB_ANON`,
  );
  const values = new TraceValues(table);
  const exact = (row: number, name: string) => values.integer(row, fieldOf(values.shape(row), name));

  expect(exact(0, 'sector')).toBe(2n ** 64n - 1n);
  expect(exact(1, 'nr_pages')).toBe(2n ** 63n - 1n);
  expect(exact(2, 'nr_pages')).toBe(-(2n ** 63n));
  expect(exact(3, 'ino')).toBe(2n ** 64n - 1n);
  expect(exact(4, 'pfn')).toBe(2n ** 64n - 1n);
  expect(values.eventText(4)).toBe('page=0000000000000001 pfn=0xffffffffffffffff flags=RECLAIM_WB_ANON');
});

test('raw fields have the names that are printed otherwise, and the decimal number of the two', () => {
  const front = '         kswapd0-44      [000] .....    12.123087: ';

  expect(first(`${front}mm_vmscan_lru_isolate: highest_zoneidx=0x3 (3) nr_taken=0x40 (64)`)).toContain(
    'classzone (hex)=3 classzone=3 nr_taken (hex)=40 nr_taken=64',
  );
  expect(first(`${front}writeback_start: name=8:0 nr_pages=0x9e9 (2537)`)).toContain('bdi=8:0');
  expect(first(`${front}irq_handler_entry: irq=1 name=8:0`)).toContain('name=8:0');
});

test('one event in two wordings is two shapes, and neither takes the lines of the other', () => {
  const front = '         kswapd0-44      [000] .....    12.123087: ';
  const { table } = read(
    `${front}mm_vmscan_kswapd_wake: nid=0 reason=none order=0`,
    `${front}mm_vmscan_kswapd_wake: nid=0 reason=none zid=1 order=0`,
    `${front}mm_vmscan_kswapd_wake: nid=0 reason=7 order=0`,
    `${front}mm_vmscan_kswapd_wake: nid=0 reason=none order=1`,
  );

  expect([...table.shape]).toEqual([0, 1, 2, 0]);
  expect(table.shapes.map(({ fields }) => fields.map(({ kind }) => kind).join(' '))).toEqual([
    'int text int',
    'int text int int',
    'int int int',
  ]);
});
