import { expect, test } from 'vitest';
import type { Scenario } from '../abi/scenario.ts';
import { encodeLink } from '../formats/link.ts';
import { createAppStore } from './app-store.ts';
import type { Twin } from './feed.ts';
import { layoutFromWords } from './link-layout.ts';
import { FASTEST } from './pace.ts';
import { fragmentOf, openFragment } from './permalink.ts';

const SCENE: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'test',
  title: 'Test',
  watch: 'w',
  note: '',
  kernels: { A: 'a', B: 'b' },
  seed: 1,
  untilS: 60,
  workload: 'w',
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
const twin = {
  atNs: 5e9,
  A: { nowNs: 5e9, eventsDone: 70 },
  B: { nowNs: 5e9, eventsDone: 80 },
  stopped: {},
} as unknown as Twin;

test('a link brings back kernels, seed, inputs, place, speed and machine', async () => {
  const store = createAppStore();
  const scenario: Scenario = {
    ...SCENE,
    kernels: { A: 'a', B: 'c' },
    seed: 99,
    inputs: [{ atNs: 1e9, machine: 'B', path: 'vm.x', value: 5 }],
  };
  store.getState().setRun(SCENE, scenario);
  store.getState().setSpeed(FASTEST);
  store.getState().selectMachine('B');
  const fragment = await fragmentOf(store.getState(), twin, [SCENE]);
  expect(await openFragment(fragment!, [SCENE])).toEqual({
    ok: true,
    value: {
      scenario,
      place: { atNs: 5e9, eventsDone: { A: 70, B: 80 } },
      speed: FASTEST,
      playing: false,
      selected: 'B',
      layout: layoutFromWords({}),
    },
  });
});

test('a link made under other rules opens at its time, and says so', async () => {
  const link = await openFragment(
    encodeLink(
      {
        model: '1',
        scenario: SCENE,
        place: { A: { atNs: 3e9, eventsDone: 5 }, B: { atNs: 3e9, eventsDone: 6 } },
        speed: 1,
        playing: false,
        selected: 'A',
        layout: {},
      },
      [SCENE],
    ),
    [SCENE],
  );
  expect(link).toMatchObject({ ok: true, value: { place: { atNs: 3e9 } } });
  expect(link.ok && link.value.remark).toMatch(/^This link was made with the rules of model 1\. .* may differ\.$/);
});

test('junk is one sentence', async () => {
  expect(await openFragment('#v1.%%%', [SCENE])).toMatchObject({
    ok: false,
    error: { kind: 'bad-input', where: 'link' },
  });
});
