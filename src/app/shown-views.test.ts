import { expect, test } from 'vitest';
import type { MachineFrame } from '../abi/frame.ts';
import { DOCK_VIEWS, LANE_VIEWS } from '../views/registry.ts';
import { idleViews, openViews } from './shown-views.ts';

const plain = { lockCycle: [], memcgs: [] } as unknown as MachineFrame;
const grouped = { lockCycle: [], memcgs: [{ name: 'db' }] } as unknown as MachineFrame;
const ids = (panels: Readonly<Record<string, 'open' | 'closed'>>, frames: readonly MachineFrame[]) =>
  openViews({ mode: 'desk', panels }, idleViews(frames)).map(({ id }) => id);

test('a view of what a machine may lack opens by itself where one of the two has it', () => {
  expect(ids({}, [plain, plain])).not.toContain('memcg');
  expect(ids({}, [plain, plain])).not.toContain('cycle');
  expect(ids({}, [plain, grouped])).toContain('memcg');
  expect(ids({}, [])).not.toContain('memcg');
});

test('by hand it opens where there is nothing, and closes where there is', () => {
  expect(ids({ memcg: 'open' }, [plain, plain])).toContain('memcg');
  expect(ids({ memcg: 'closed' }, [grouped, grouped])).not.toContain('memcg');
  expect(ids({ flusher: 'open' }, [plain, plain]).at(-1)).toBe('flusher');
  expect(ids({}, [grouped, grouped])).not.toContain('flusher');
});

test('in a frame of another page nothing is open by hand', () => {
  const embedded = openViews({ mode: 'embed', panels: { memcg: 'open', lru: 'closed' } }, idleViews([plain]));
  expect(embedded.map(({ id }) => id)).toEqual(['lru', 'disk']);
});

test('every number that a view defines has a name of its own, by which the view is found', async () => {
  for (const { id, terms } of [...LANE_VIEWS, ...DOCK_VIEWS]) {
    const names = (await terms?.())?.TERMS.map(({ name }) => name) ?? [];
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(new RegExp(`^${id}:.`));
  }
});
