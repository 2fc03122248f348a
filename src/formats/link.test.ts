import fc from 'fast-check';
import { zlibSync } from 'fflate';
import { expect, test } from 'vitest';
import { describeError } from '../abi/errors.ts';
import { MODEL_VERSION, type Scenario } from '../abi/scenario.ts';
import { decodeLink, encodeLink, type LinkState } from './link.ts';
import { decodeBase64Url, encodeBase64Url } from './shared/base64url.ts';
import { fnv1a64 } from './shared/fnv.ts';

const SCENE: Scenario = {
  format: 'reclaimscope-scenario',
  version: 1,
  id: 'seeky-vs-range',
  title: 'Seeky',
  watch: 'Watch.',
  note: 'Held back.',
  kernels: { A: 'v2.6.35-rc2', B: 'rfc-v1' },
  seed: 1,
  untilS: 60,
  workload: 'windows',
  knobs: { 'vm.dirty_ratio': 100 },
  knobsOf: { A: {}, B: {} },
  inputs: [],
  recording: { name: 'mmap-dd', bytes: 12, hash: '0123456789abcdef' },
};
const STATE: LinkState = {
  model: MODEL_VERSION,
  scenario: SCENE,
  place: { A: { atNs: 12e9, eventsDone: 34567 }, B: { atNs: 12e9, eventsDone: 23456 } },
  speed: 0.25,
  playing: true,
  selected: 'B',
  layout: { lens: 'file', split: 0.4 },
};
const { recording: _, ...WITHOUT_RECORDING } = SCENE;

const pack = (value: unknown): string =>
  `#v1.${encodeBase64Url(zlibSync(new TextEncoder().encode(JSON.stringify(value))))}`;
const refusal = (fragment: string, scenes: readonly Scenario[] = [SCENE]): string => {
  const result = decodeLink(fragment, scenes);
  return result.ok ? 'decoded' : describeError(result.error);
};

test('a link restores its state: of a built-in scene, of a changed one, of one of its own', () => {
  const scenarios: Scenario[] = [
    SCENE,
    { ...SCENE, seed: 7, knobs: {}, inputs: [{ atNs: 1, machine: 'A', path: 'vm.swappiness', value: 0 }] },
    WITHOUT_RECORDING,
    { ...SCENE, id: 'mine', title: 'Mine' },
  ];

  for (const scenario of scenarios) {
    const state = { ...STATE, scenario };
    expect(decodeLink(encodeLink(state, [SCENE]), [SCENE])).toEqual({ ok: true, value: state });
  }
});

test('a trace that plays as a machine is named in the link; what the scene had and the run does without stays away', () => {
  const trace = { name: 'my trace', bytes: 2 ** 31, hash: 'fedcba9876543210' };
  const scene: Scenario = { ...SCENE, openAtS: 14 };
  for (const traces of [{ A: trace }, { B: trace }, { A: trace, B: { ...trace, name: 'other' } }]) {
    const state = { ...STATE, scenario: { ...WITHOUT_RECORDING, untilS: 15.9, traces } };
    const link = encodeLink(state, [scene]);
    expect(decodeLink(link, [scene])).toEqual({ ok: true, value: state });
    expect(link.length).toBeLessThan(500);
  }
  const left = { ...STATE, scenario: scene };
  const built: Scenario = { ...scene, traces: { A: trace } };
  expect(decodeLink(encodeLink(left, [built]), [built])).toEqual({ ok: true, value: left });
  expect(refusal(pack({ ...STATE, scenario: { ...SCENE, traces: { A: { name: 'x' } } } }))).toMatch(/^link: scenario/);
});

test('any state survives its link, and the link does not depend on the order of keys', () => {
  const knobs = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z._]{0,12}$/),
    fc.oneof(fc.integer(), fc.string(), fc.boolean()),
  );
  const state = fc.record({
    seed: fc.nat(),
    knobs,
    speed: fc.double({ min: 0, max: 1000, noNaN: true }),
    at: fc.nat(),
  });

  fc.assert(
    fc.property(state, ({ seed, knobs, speed, at }) => {
      const backwards = Object.fromEntries(Object.entries(knobs).reverse());
      const full: LinkState = {
        ...STATE,
        scenario: { ...SCENE, seed, knobs },
        speed: speed || 0,
        place: { ...STATE.place, A: { atNs: at, eventsDone: at } },
      };
      const link = encodeLink(full, [SCENE]);
      expect(encodeLink({ ...full, scenario: { ...full.scenario, knobs: backwards } }, [SCENE])).toBe(link);
      expect(decodeLink(link, [SCENE])).toEqual({ ok: true, value: full });
    }),
  );
});

test('a link of other rules decodes and says so; a scene that has changed is found among its earlier versions', () => {
  const old = { ...STATE, model: '1' };
  expect(decodeLink(encodeLink(old, [SCENE]), [SCENE])).toEqual({ ok: true, value: old });
  const scenes = [{ ...SCENE, untilS: 61 }, SCENE];
  expect(decodeLink(encodeLink(STATE, [SCENE]), scenes)).toEqual({ ok: true, value: STATE });
});

test('a built-in scene travels as its id, so that its link is short', () => {
  expect(encodeLink(STATE, [SCENE]).length).toBeLessThan(320);
  expect(encodeLink(STATE, [SCENE])).toMatch(/^#v1\.[\w-]+$/);
});

test('a link that does not decode says why in one sentence', () => {
  const link = encodeLink(STATE, [SCENE]);
  const bomb = `#v1.${encodeBase64Url(zlibSync(new Uint8Array(50e6).fill(32)))}`;

  expect(refusal('')).toBe('link: not a link of this program.');
  expect(refusal('#section-2')).toBe('link: not a link of this program.');
  expect(refusal(link.replace('v1', 'v2'))).toBe('link: made in format v2; this program reads v1.');
  expect(refusal(`${link}!`)).toBe('link: cut off or damaged.');
  expect(refusal(link.slice(0, -4))).toBe('link: cut off or damaged.');
  expect(refusal(bomb)).toBe('link: unpacks to more than 1 MiB.');
  expect(refusal(`#v1.${'A'.repeat(300_000)}`)).toBe('link: too long.');
  expect(refusal(pack({ ...STATE, model: 0 }))).toBe('link: model: is 0, must be text.');
  expect(refusal(pack({ ...STATE, speed: 'fast' }))).toBe('link: speed: is "fast", must be a number.');
  expect(refusal(link, [])).toMatch(/^There is no scene "seeky-vs-range"/);
  expect(refusal(link, [{ ...SCENE, untilS: 61 }])).toBe(
    'link: the scene seeky-vs-range has changed since the link was made.',
  );
  expect(refusal(link, [{ ...SCENE, watch: 'Watch closely.' }])).toBe('decoded');
});

test('every cut is noticed, a changed letter never gives another state; junk is never an exception', () => {
  const link = encodeLink(STATE, [SCENE]);

  for (let length = 0; length < link.length; length++) expect(refusal(link.slice(0, length))).not.toBe('decoded');
  fc.assert(
    fc.property(fc.integer({ min: 6, max: link.length - 1 }), fc.constantFrom('A', 'z', '_'), (at, letter) => {
      fc.pre(link[at] !== letter);
      const changed = decodeLink(link.slice(0, at) + letter + link.slice(at + 1), [SCENE]);
      // A few bits of a deflate stream mean nothing: then it is the same state, never another.
      if (changed.ok) expect(changed.value).toEqual(STATE);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => refusal(`#v1.${text}`) !== 'decoded'));
});

test('base64url is that of RFC 4648, both ways', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = encodeBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(decodeBase64Url(text)).toEqual(bytes);
    }),
  );
});

test('FNV-1a has its published values', () => {
  expect(fnv1a64()).toBe('cbf29ce484222325');
  expect(fnv1a64(new TextEncoder().encode('a'))).toBe('af63dc4c8601ec8c');
  expect(fnv1a64(new TextEncoder().encode('foo'), new TextEncoder().encode('bar'))).toBe('85944171f73967e8');
});
