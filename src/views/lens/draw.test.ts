import { expect, test } from 'vitest';
import type { Lens, TaskFrame } from '../../abi/frame.ts';
import type { Found } from '../../abi/look.ts';
import { lookOf } from '../shared/look.ts';
import { DARK } from '../shared/palette.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { drawLens, layLens, layoutOf, lensRows, markLens, pageAt, placeOf } from './draw.ts';
import { holders, lensText } from './text.ts';

const batch = (by: string, pages: number) => ({ by, letter: by.charAt(0), pages });
const lens = (pages: number, ...batches: Lens['batches'][number][]): Lens => ({
  cells: new Uint8Array(pages).fill(1),
  batches,
  trail: [],
});

test('as many rows as make the cells largest', () => {
  expect(lensRows({ width: 1536, height: 26 })).toBe(2);
  expect(lensRows({ width: 396, height: 26 })).toBe(4);
  expect(lensRows({ width: 366, height: 92 })).toBe(8);
});

test('each batch has columns of its own, oldest last', () => {
  expect(layLens(lens(256, batch('W2', 17), batch('kswapd', 32)), 4)).toEqual([
    { fromCell: 0, cells: 207, firstColumn: 0, columns: 52, letter: undefined },
    { fromCell: 207, cells: 17, firstColumn: 52, columns: 5, letter: 'W' },
    { fromCell: 224, cells: 32, firstColumn: 57, columns: 8, letter: 'k' },
  ]);
});

test('a bracket around each batch and no more', () => {
  const { ctx, calls } = recordingContext();
  drawLens(ctx, { width: 400, height: 26 }, lens(256, batch('W2', 32), batch('kswapd', 32)), DARK);
  expect(calls.filter((call) => call.name === 'strokeRect')).toHaveLength(2);
  expect(calls.filter((call) => call.name === 'fillRect')).toHaveLength(256);
});

test('who holds what, in words', () => {
  expect(holders(lens(256))).toBe('');
  expect(holders(lens(256, batch('kswapd', 27)))).toBe('kswapd holds 27');
  expect(holders(lens(256, batch('kswapd', 32), batch('W2', 32)))).toBe('kswapd and W2 hold 32 each');
  expect(holders(lens(256, batch('kswapd', 32), batch('W2', 17)))).toBe('kswapd 32, W2 17');
  expect(lensText({ lens: lens(3, batch('kswapd', 2)) })).toBe(
    'Of the last 3 pages of the inactive file list 3 are clean, 0 dirty, 0 being written; kswapd holds 2. The last 0 batches: none yet.',
  );
});

test('a page is found where it is drawn, whoever holds it; its frame is there too', () => {
  const size = { width: 396, height: 26 };
  const all = lens(256, batch('W2', 17), batch('kswapd', 32));
  const layout = layoutOf(size, all);
  for (let at = 4; at < 256; at++) {
    const { x, y } = placeOf(layout, at)!;
    expect(pageAt(layout, x + layout.step / 2, y + layout.step / 2)).toBe(at);
  }
  expect(pageAt(layout, 395, 40)).toBeUndefined();
  const { ctx, calls } = recordingContext();
  const thing = { kind: 'page', space: 1, index: 2 } as const;
  const found = { thing, page: { lensAt: 255 } } as unknown as Found;
  const frame = { lens: all, tasks: [] };
  markLens(ctx, size, frame, [{ thing, isPinned: false, found }], lookOf('dark', 1440));
  const framed = calls.filter(({ name }) => name === 'strokeRect').map(({ args }) => Number(args[0]));
  expect(Math.max(...framed)).toBeGreaterThan(380);
});

test('of a group the pages that are not its own step back; a task has its batch framed', () => {
  const size = { width: 396, height: 26 };
  const all = lens(8, batch('W2', 2));
  const group = { kind: 'memcg', name: 'db' } as const;
  const { ctx, calls } = recordingContext();
  const found = { thing: group, lens: Uint8Array.of(1, 1, 0, 1, 0, 1, 1, 1) };
  markLens(ctx, size, { lens: all, tasks: [] }, [{ thing: group, isPinned: true, found }], lookOf('dark', 1440));
  expect(calls.filter(({ name }) => name === 'fillRect')).toHaveLength(2);
  const task = { kind: 'task', id: 4 } as const;
  const tasks = [{ id: 4, letter: 'W' }] as unknown as TaskFrame[];
  const held = recordingContext();
  markLens(
    held.ctx,
    size,
    { lens: all, tasks },
    [{ thing: task, isPinned: false, found: undefined }],
    lookOf('dark', 1440),
  );
  expect(held.calls.filter(({ name }) => name === 'strokeRect')).toHaveLength(2); // halo and line
});
