import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import { ACCESS, type Recording } from '../abi/recording.ts';
import type { NamedBytes } from './shared/named-bytes.ts';
import { readWorkload } from './workload.ts';

const named = (name: string, text: string): NamedBytes => ({ name, bytes: new TextEncoder().encode(text) });
const line = (task: string, time: string, event: string): string =>
  `${task.padStart(20)}   [000] ..... ${time}: ${event}\n`;
const add = (inodeHex: string, pos: number): string =>
  `mm_filemap_add_to_page_cache: dev 8:1 ino ${inodeHex} pfn=0x1 ofs=${pos} order=0`;
const removed = (inodeHex: string, pos: number): string =>
  `mm_filemap_delete_from_page_cache: dev 8:1 ino ${inodeHex} pfn=0x1 ofs=${pos} order=0`;
const dirty = (inode: number, index: number): string => `writeback_dirty_folio: bdi 8:0: ino=${inode} index=${index}`;
const call = (name: string, inode: number, fields: string): string =>
  `${name}: (${name}+0x0/0x1) dev=0x800001 ino=${inode} ${fields}`;
const write = (inode: number, pos: number, count: number): string =>
  call('generic_perform_write', inode, `pos=${pos} count=${count}`);
const read = (inode: number, pos: number, count: number): string =>
  call('filemap_read', inode, `pos=${pos} count=${count}`);
const fault = (inode: number, index: number, flags: string): string =>
  call('filemap_fault', inode, `index=${index} flags=${flags}`);

const NAMES = Object.keys(ACCESS);
/** `task WHAT inode pos+length` per access. */
function accesses(recording: Recording): string[] {
  return Array.from(recording.what, (what, row) => {
    const file = recording.files[recording.file[row]!]!;
    return `${recording.tasks[recording.task[row]!]} ${NAMES[what]} ${file.inode} ${recording.pos[row]}+${recording.length[row]}`;
  });
}
function load(...inputs: NamedBytes[]): Recording {
  const result = readWorkload(inputs);
  if (!result.ok) throw new Error(describeError(result.error));
  return result.value;
}
const refusal = (...inputs: NamedBytes[]): string => {
  const result = readWorkload(inputs);
  return result.ok ? 'loaded' : describeError(result.error);
};

test('calls come from one text, stores through mappings from the other', () => {
  const calls = named(
    'c',
    line('wl-7', '1.000000', fault(9, 3, '0x254')) + line('dd-8', '1.000100', write(5, 0, 8192)),
  );
  const pages = named('p', line('wl-7', '1.000050', dirty(9, 3)) + line('dd-8', '1.000110', dirty(5, 0)));

  const recording = load(calls, pages);

  expect(accesses(recording)).toEqual([
    'wl-7 FAULT_READ 9 12288+4096',
    'wl-7 FAULT_WRITE 9 12288+4096',
    'dd-8 WRITE 5 0+8192',
  ]);
  expect([...recording.timeNs]).toEqual([0, 50_000, 100_000]);
});

test('the page text is shifted to the clock of the call text', () => {
  const calls = named('c', line('dd-8', '1.000000', write(5, 0, 10)) + line('wl-7', '1.200000', fault(9, 3, '0x254')));
  const pages = named('p', line('dd-8', '0.850000', dirty(5, 0)) + line('wl-7', '1.051000', dirty(9, 3)));

  expect(accesses(load(calls, pages)).slice(1)).toEqual([
    'wl-7 FAULT_READ 9 12288+4096',
    'wl-7 FAULT_WRITE 9 12288+4096',
  ]);
});

test('one fault in several lines is one access; a write fault alone stores nothing', () => {
  const mapped = call('filemap_map_pages', 9, 'index=3 start=0 end=15');
  const calls = [mapped, fault(9, 3, '0x255'), fault(9, 3, '0x275'), mapped, read(9, 0, 1), mapped];

  const recording = load(named('c', calls.map((event, at) => line('sh-1', `1.00000${at}`, event)).join('')));

  expect(accesses(recording).map((access) => access.split(' ')[1])).toEqual(['FAULT_READ', 'READ', 'FAULT_READ']);
});

test('page events alone: an add that its task dirties next is a write, any other add a read', () => {
  const events = [add('a', 0), dirty(10, 0), add('a', 4096), add('b', 0), dirty(11, 9)];

  const recording = load(named('p', events.map((event, at) => line('sh-1', `1.00000${at}`, event)).join('')));

  expect(accesses(recording)).toEqual([
    'sh-1 WRITE 10 0+4096',
    'sh-1 READ 10 4096+4096',
    'sh-1 READ 11 0+4096',
    'sh-1 WRITE 11 36864+4096',
  ]);
});

test('page events alone: page 0 made once more is a new file under the old number', () => {
  const events = [add('a', 0), dirty(10, 0), add('a', 0), dirty(10, 0)];

  const recording = load(named('p', events.map((event, at) => line('sh-1', `1.00000${at}`, event)).join('')));

  expect(accesses(recording).map((access) => access.split(' ')[1])).toEqual(['WRITE', 'UNLINK', 'WRITE']);
  expect([...recording.file]).toEqual([0, 0, 1]);
});

test('an unlinked file lives until its pages go; then its number is another file', () => {
  const unlinked = 'ext4_unlink_enter: dev 8,1 ino 16 size 0 parent 2';
  const events = [
    unlinked,
    write(16, 0, 100),
    removed('10', 0),
    'ext4_truncate_enter: dev 8,1 ino 16 blocks 8',
    write(16, 0, 50),
  ];

  const recording = load(named('c', events.map((event, at) => line('db-1', `1.00000${at}`, event)).join('')));

  expect(accesses(recording)).toEqual(['db-1 WRITE 16 0+100', 'db-1 UNLINK 16 0+0', 'db-1 WRITE 16 0+50']);
  expect([...recording.file]).toEqual([0, 0, 1]);
});

test('a truncate cuts where pages were removed, and one that removes none is no access', () => {
  const truncated = 'ext4_truncate_enter: dev 8,1 ino 16 blocks 8';
  const events = [
    write(16, 0, 9000),
    truncated,
    removed('10', 4096),
    removed('10', 8192),
    truncated,
    'ext4_sync_file_enter: dev 8,1 ino 16 parent 2 datasync 1',
  ];

  const recording = load(named('c', events.map((event, at) => line('db-1', `1.00000${at}`, event)).join('')));

  expect(accesses(recording)).toEqual(['db-1 WRITE 16 0+9000', 'db-1 TRUNCATE 16 4096+0', 'db-1 FSYNC 16 0+0']);
});

test('sizes: from the list, or from what the recording shows; a read ends with the file', () => {
  const list = named('l', '# == before\n7 5000 /work/a b\n# == after\n7 5000 /work/a b\n8 10 /work/new\n');
  const calls = named('c', line('sh-1', '1.0', read(7, 4096, 65536)) + line('sh-1', '1.1', write(8, 0, 10)));

  const listed = load(list, calls);
  const unlisted = load(calls);

  expect(listed.files).toEqual([
    { inode: 7, path: '/work/a b', sizeBytes: 5000, reachBytes: 5000 },
    { inode: 8, path: '/work/new', sizeBytes: 0, reachBytes: 10 },
  ]);
  expect(accesses(listed)[0]).toBe('sh-1 READ 7 4096+904');
  expect(unlisted.files.map((file) => file.sizeBytes)).toEqual([69632, 0]);
});

test('kernel threads and metadata are left out and counted, unknown lines too', () => {
  const text = [
    '# tracer: nop\n',
    line('kworker/u4:4-112', '1.0', dirty(5, 0)),
    line('jbd2/sda1-8-144', '1.1', dirty(5, 0)),
    line('sh-1', '1.2', 'mm_filemap_add_to_page_cache: dev 0:3 ino 800001 pfn=0x31ea ofs=4096 order=0'),
    line('sh-1', '1.3', dirty(8388609, 6)),
    line('sh-1', '1.4', 'filemap_read: (filemap_read+0x0/0x340) dev=0x5 ino=102 pos=0 count=4096'),
    'CPU:1 [LOST 53 EVENTS]\n',
    line('sh-1', '1.5', 'sched_switch: prev_comm=sh'),
    line('sh-1', '1.6', 'filemap_read: (filemap_read+0x0/0x340) dev=0x800001 ino=7 pos=zero count=1'),
    line('sh-1', '1.7', write(5, 0, 1)),
  ].join('');

  expect(load(named('t', text)).dropped).toEqual({ kernelThreadLines: 2, metadataLines: 3, unknownLines: 3 });
});

test('refusals name the file and the reason in one sentence', () => {
  const good = named('c.txt', line('sh-1', '1.0', write(5, 0, 1)));
  const packed = gzipSync(good.bytes);
  const cut = { name: 'c.gz', bytes: packed.subarray(0, packed.length - 9) };

  expect(refusal()).toBe('recording: no line is an event of a recorded workload.');
  expect(refusal(named('e', ''))).toBe('e: the file is empty.');
  expect(refusal({ name: 'b', bytes: new Uint8Array([1, 0, 2]) })).toMatch(/^b: a binary file/);
  expect(refusal(cut)).toBe('c.gz: the file is cut off or damaged inside its gzip compression.');
  expect(refusal(good, cut)).toMatch(/^c\.gz: the file is cut off/);
  expect(refusal(named('prose.txt', 'once upon a time\n'))).toBe(
    'prose.txt: no line is an event of a recorded workload.',
  );
  expect(refusal(good, { ...good, name: 'd.txt' })).toMatch(/^d\.txt: holds events of the same kind as c\.txt/);
  expect(refusal({ name: 'bomb', bytes: gzipSync(new Uint8Array(257 * 2 ** 20).fill(10)) })).toBe(
    'bomb: the file is larger than 256 MiB when unpacked.',
  );
});

test('100 MB of junk is refused at once', () => {
  const zeros = new Uint8Array(100e6);
  const prose = new Uint8Array(100e6).fill(97);
  const startMs = performance.now();

  expect(refusal({ name: 'zeros', bytes: zeros })).toMatch(/binary/);
  expect(refusal({ name: 'prose', bytes: prose })).toMatch(/no line/);
  expect(performance.now() - startMs).toBeLessThan(5000);
});

test('whatever stands in the lines, loading ends in a recording or a sentence', () => {
  const number = fc.oneof(fc.nat({ max: 20 }), fc.nat(), fc.constantFrom(2 ** 53, 1e300, -1));
  const event = fc.oneof(
    fc.tuple(number, number).map(([inode, index]) => dirty(inode, index)),
    fc.tuple(number, number, number).map(([inode, pos, count]) => write(inode, pos, count)),
    fc.tuple(number, number).map(([inode, index]) => fault(inode, index, '0x1')),
    fc.tuple(number, number).map(([inode, pos]) => removed(inode.toString(16), pos)),
    number.map((inode) => `ext4_unlink_enter: dev 8,1 ino ${inode} size 0 parent 2`),
    number.map((inode) => `ext4_truncate_enter: dev 8,1 ino ${inode} blocks 2`),
    fc.string(),
  );

  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const result = readWorkload([named('x', events.map((text, at) => line('t-1', `1.${at}`, text)).join('x\n'))]);
      if (!result.ok) return;
      const { what, file, pos, length, files } = result.value;
      for (const row of what.keys())
        expect(pos[row]! + length[row]!).toBeLessThanOrEqual(files[file[row]!]!.reachBytes);
    }),
  );
});
