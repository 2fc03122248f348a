import { expect, test } from 'vitest';
import type { MachineFrame } from '../../abi/frame.ts';
import type { FlusherFrame, InodeFrame } from '../../abi/look.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawInodes } from './draw.ts';
import { ROW_PX, rowsOf } from './rows.ts';
import { TERMS } from './terms.ts';
import { flushersText } from './text.ts';

const palette = lookOf('dark', 1440);
const inode = (space: number, dirtyPages: number, writebackPages = 0): InodeFrame => ({
  space,
  name: `data-${space}`,
  dirtyPages,
  writebackPages,
  dirtiedWhenNs: space * 1e9,
  writer: '',
});
const flusher: FlusherFrame = {
  task: 1,
  name: 'flush-8:0',
  disk: '8:0',
  memcg: '',
  work: 'background: over the background threshold',
  waiting: [],
  bDirty: [inode(3, 0, 50)],
  bIo: [{ ...inode(2, 300, 100), writer: 'F' }],
  bMoreIo: [],
};
const many = { ...flusher, bIo: Array.from({ length: 9 }, (_, at) => inode(20 - at, 10)) };
const brief = (flushers: readonly FlusherFrame[]) =>
  rowsOf(flushers).map((row) => {
    if (row.kind === 'inode') return row.inode.name;
    if (row.kind === 'list') return `${row.list} ${row.inodes}`;
    if (row.kind === 'empty') return `no ${row.lists.join(' ')}`;
    return row.kind === 'more' ? `+${row.inodes}` : row.kind;
  });

test('a flusher, its lists with the inodes on each, the empty ones on one line; works that wait have a row', () => {
  expect(brief([flusher])).toEqual(['flusher', 'b_dirty 1', 'data-3', 'b_io 1', 'data-2', 'no b_more_io']);
  expect(brief([{ ...flusher, bDirty: [], bIo: [] }])).toEqual(['flusher', 'no b_dirty b_io b_more_io']);
  expect(brief([{ ...flusher, waiting: ['all that is dirty'] }])[1]).toBe('works');
});

test('of a long list the newest are shown, and the oldest, which are written next', () => {
  expect(brief([many]).slice(4, 10)).toEqual(['data-20', 'data-19', 'data-18', '+4', 'data-13', 'data-12']);
  const six = { ...flusher, bIo: many.bIo.slice(0, 6) };
  expect(brief([six]).filter((word) => word.startsWith('+'))).toEqual([]);
});

test('bars stand in the inodes’ rows, on the scale of the largest', () => {
  const { ctx, calls } = recordingContext();
  drawInodes(ctx, { width: 80, height: 6 * ROW_PX }, rowsOf([flusher]), palette);
  const rects = calls.filter(({ name }) => name === 'fillRect').map(({ fillStyle, args }) => [fillStyle, ...args]);
  expect(rects).toEqual([
    [palette.free, 0, 39, 80, 7],
    [palette.dirty, 0, 39, 0, 7],
    [palette.writeback, 0, 39, 10, 7],
    [palette.free, 0, 73, 80, 7],
    [palette.dirty, 0, 73, 60, 7],
    [palette.writeback, 60, 73, 20, 7],
  ]);
});

test('in words: what it works on, what waits, every list', () => {
  expect(flushersText([flusher, { ...many, memcg: 'db', work: '', waiting: ['5 pages asked for'] }], 22e9)).toMatch(
    /^flush-8:0 \(8:0\) works on background: over the background threshold\. b_dirty, newest first: data-3 0 dirty, 50 being written, 19\.0 s old\. b_io, newest first: data-2 300 dirty, 100 being written, 20\.0 s old, F holds I_SYNC\. b_more_io is empty\. flush-8:0 \(8:0, group db\) sleeps\. Waiting: 5 pages asked for\./,
  );
});

test('a definition reads what the table shows', () => {
  const frame = { nowNs: 22e9, flushers: [flusher] } as unknown as MachineFrame;
  const read = (name: string) => TERMS.find((term) => term.name === `flusher:${name}`)!.of(frame);
  expect(read('b_io')).toEqual(['flush-8:0 (8:0): 1 inodes']);
  expect(read('dirty')).toEqual(['data-3: 0 dirty, 50 being written', 'data-2: 300 dirty, 100 being written']);
  expect(read('age')[0]).toBe('data-3: 19.0 s');
  expect(read('sync')[1]).toBe('data-2: F');
  expect(read('work')).toEqual(['flush-8:0 (8:0): background: over the background threshold, 0 waiting']);
  expect(read('b_dirty').concat(read('b_more_io'))).toHaveLength(2);
});
