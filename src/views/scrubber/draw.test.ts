import { expect, test } from 'vitest';
import { SampleHistory } from '../../store/sample-history.ts';
import { lookOf } from '../shared/look.ts';
import { recordingContext } from '../shared/recording-context.ts';
import { actorsOf, HEAD_PX } from './bands.ts';
import { drawScrubber, type ScrubberScene } from './draw.ts';

const palette = lookOf('dark', 1440);
const SIZE = { width: 600, height: 80 };
const TAPE = { width: 600 } as unknown as CanvasImageSource;

function drawn(over: Partial<ScrubberScene> = {}, range = { fromNs: 0, toNs: 60e9 }) {
  const { ctx, calls } = recordingContext();
  const bands = { height: 70, bars: 200, range, fullPages: 100, actors: actorsOf(false), palette };
  const samples = { A: new SampleHistory(), B: new SampleHistory() };
  drawScrubber(ctx, SIZE, {
    tape: TAPE,
    bands,
    samples,
    ends: {},
    atNs: 30e9,
    furthestNs: 40e9,
    untilNs: 60e9,
    lostBeforeNs: 0,
    inputs: [],
    markers: {},
    brush: undefined,
    palette,
    ...over,
  });
  return calls;
}
const named = (calls: ReturnType<typeof drawn>, name: string) => calls.filter((call) => call.name === name);
const input = (atNs: number, machine: 'A' | 'B' | 'both') => ({ atNs, machine, path: 'p', value: 1 });

test('the tape is shown up to now, and dimmed from there on', () => {
  const calls = drawn();
  expect(named(calls, 'drawImage')).toHaveLength(2);
  expect(named(calls, 'rect').map(({ args }) => args.slice(0, 3))).toEqual([
    [0, HEAD_PX, 300],
    [300, HEAD_PX, 300],
  ]);
  expect(named(drawn({ atNs: 60e9 }), 'drawImage')).toHaveLength(1);
});

test('a knob leaves its wedge at the foot of the band it was turned for', () => {
  const feet = named(drawn({ inputs: [input(6e9, 'A'), input(12e9, 'B'), input(18e9, 'both')] }), 'moveTo');
  expect(feet.map(({ args }) => args)).toEqual([
    [56, 45],
    [116, 80],
    [176, 80],
  ]);
});

test('a stack overflow is a red flag, a lock cycle a ring that is not red', () => {
  const overflow = drawn({ ends: { A: { atNs: 20e9, of: 'stack overflow' } } });
  expect(named(overflow, 'fill').filter(({ fillStyle }) => fillStyle === palette.alarm)).toHaveLength(1);
  const cycle = drawn({ ends: { B: { atNs: 20e9, of: 'lock cycle' } } });
  expect(named(cycle, 'arc').map(({ args }) => args[0])).toEqual([207, 300]);
  const strokes = named(cycle, 'stroke').map(({ strokeStyle }) => strokeStyle);
  expect(strokes).toEqual([palette.text]);
});

test('kills are crosses and overflows flags, each at its time and never in a smear', () => {
  const A = new SampleHistory();
  for (let row = 0; row < 40; row++) {
    A.timeNs.push((row + 1) * 0.5e9);
    A.oomKills.push(row === 19 ? 1 : 0);
    A.overflows.push(row < 20 ? 2 : 0);
  }
  const calls = drawn({ samples: { A, B: new SampleHistory() } });
  const flags = named(calls, 'fill').filter(({ fillStyle }) => fillStyle === palette.alarm);
  // A sample each 5 px, flags at least 7 px apart, over 100 px.
  expect(flags).toHaveLength(10);
  expect(named(calls, 'stroke').filter(({ strokeStyle }) => strokeStyle === palette.alarm)).toHaveLength(1);
  expect(named(calls, 'moveTo').map(({ args }) => args[0])).toContain(100 - 3.5);
});

test('markers carry their letters, and are left out where they are not in what is shown', () => {
  const letters = (calls: ReturnType<typeof drawn>) => named(calls, 'fillText').map(({ args }) => args[0]);
  expect(letters(drawn({ markers: { a: 10e9, b: 50e9 } }))).toEqual(['a', 'b']);
  expect(letters(drawn({ markers: { a: 10e9, b: 50e9 } }, { fromNs: 40e9, toNs: 60e9 }))).toEqual(['b']);
});

test('zoomed, a strip shows the whole run, what has been run of it and the part below', () => {
  const strip = (calls: ReturnType<typeof drawn>) => named(calls, 'fillRect').filter(({ args }) => args[1] === 0);
  expect(strip(drawn())).toEqual([]);
  expect(strip(drawn({}, { fromNs: 15e9, toNs: 45e9 })).map(({ args }) => args)).toEqual([
    [0, 0, 600, 4],
    [0, 0, 400, 4],
    [150, 0, 300, 4],
    [299, 0, 2, 4],
  ]);
});

test('the edge of what is lost is torn; nothing lost, no edge', () => {
  expect(named(drawn({ lostBeforeNs: 5e9 }), 'stroke')).toHaveLength(1);
  expect(named(drawn(), 'stroke')).toHaveLength(0);
  expect(named(drawn({ lostBeforeNs: 5e9 }, { fromNs: 20e9, toNs: 40e9 }), 'stroke')).toHaveLength(0);
});

test('lost events are hatched in the band of the machine that lost them', () => {
  const hatches = (calls: ReturnType<typeof drawn>) =>
    named(calls, 'lineTo').filter(({ strokeStyle }) => strokeStyle === palette.muted);
  expect(hatches(drawn())).toEqual([]);
  const gaps = { B: [{ fromNs: 10e9, toNs: 12e9, cpu: -1, events: 7 }] };
  const ys = hatches(drawn({ gaps })).map(({ args }) => Number(args[1]));
  expect(ys.length).toBeGreaterThan(3);
  expect(Math.min(...ys)).toBeGreaterThan(HEAD_PX + 35);
});
