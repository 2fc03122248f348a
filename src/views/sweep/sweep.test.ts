import { expect, test } from 'vitest';
import type { Lab, LabAnswer } from '../../abi/lab.ts';
import { METRIC_INDEX, METRICS } from '../../abi/metrics.ts';
import type { Scenario } from '../../abi/scenario.ts';
import { SweepKeeper } from './keeper.ts';
import { jobsOf, type SweepPlan, spacedValues, spreadOrder } from './plan.ts';
import { completeSeeds, evenPart, pointsOf, type SweepRun, summariesOf } from './results.ts';
import { labelled, placesOf } from './scale.ts';
import { csv, plainText, seedsText } from './text.ts';

const scenario = {
  id: 'scene',
  seed: 1,
  kernels: { A: 'a', B: 'b' },
  knobs: {},
  knobsOf: { A: {}, B: {} },
  inputs: [],
};
const plan = (values: number, seeds: number): SweepPlan => ({
  path: 'vm.dirty_ratio',
  values: Array.from({ length: values }, (_, i) => i + 1),
  seeds: Array.from({ length: seeds }, (_, i) => i + 1),
  untilNs: 1e9,
  scenario: scenario as unknown as Scenario,
});

const outcome = (stall: number): LabAnswer<'outcome'> => {
  const metrics = new Float64Array(METRICS.length).fill(Number.NaN);
  metrics[METRIC_INDEX.direct_stall_s] = stall;
  return { metrics, pageBytes: 4096, hash: '' };
};

test('every index once, and any beginning is spread: no gap is twice as long as it has to be', () => {
  for (let n = 1; n <= 40; n++) {
    const order = spreadOrder(n);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    for (let taken = 2; taken <= n; taken++) {
      const seen = order.slice(0, taken).sort((a, b) => a - b);
      const longest = Math.max(...seen.slice(1).map((at, i) => at - seen[i]!));
      expect(longest, `${taken} of ${n}`).toBeLessThanOrEqual(2 * Math.ceil((n - 1) / (taken - 1)));
    }
  }
});

test('a sweep that stops anywhere is even: wherever it stops, all values have the same number of seeds on both machines', () => {
  const whole = plan(5, 3);
  const jobs = jobsOf(whole);
  expect(jobs).toHaveLength(5 * 3 * 2);
  for (let stop = 10; stop <= jobs.length; stop++) {
    // In whatever order the workers finished.
    const runs: SweepRun[] = jobs.slice(0, stop).map((job) => ({ ...job, outcome: outcome(1) }));
    const even = evenPart(whole, [...runs].reverse());
    const counts = whole.values.flatMap((_, value) =>
      ['A', 'B'].map((machine) => even.filter((run) => run.value === value && run.machine === machine).length),
    );
    expect(new Set(counts).size, `stopped after ${stop}`).toBe(1);
    expect(counts[0]).toBe(Math.floor(stop / 10));
    expect(completeSeeds(whole, runs)).toEqual(whole.seeds.slice(0, Math.floor(stop / 10)));
  }
});

test('before the first round is through, what there is', () => {
  const first = jobsOf(plan(5, 3)).slice(0, 4);
  const runs = first.map((job) => ({ ...job, outcome: outcome(1) }));
  expect(evenPart(plan(5, 3), runs)).toEqual(runs);
  expect(runs.map(({ value, machine }) => `${value}${machine}`)).toEqual(['0A', '0B', '4A', '4B']);
  expect(seedsText(plan(5, 3), runs)).toBe('the first seed, not everywhere yet');
});

test('median and ends of the seeds, per machine; a run without the figure is no point', () => {
  const run = (value: number, seed: number, machine: 'A' | 'B', stall: number): SweepRun => ({
    value,
    seed,
    machine,
    outcome: outcome(stall),
  });
  const runs = [
    run(1, 1, 'A', 5),
    run(1, 2, 'A', 1),
    run(1, 3, 'A', 2),
    run(0, 1, 'A', 4),
    run(0, 2, 'A', 8),
    run(0, 1, 'B', 9),
  ];
  const points = pointsOf([...runs, run(0, 3, 'A', Number.NaN)], 'direct_stall_s');
  expect(summariesOf(points, 'A')).toEqual([
    { value: 0, seeds: 2, median: 6, min: 4, max: 8 },
    { value: 1, seeds: 3, median: 2, min: 1, max: 5 },
  ]);
  expect(summariesOf(points, 'B')).toEqual([{ value: 0, seeds: 1, median: 9, min: 9, max: 9 }]);
});

test('values are ones the knob takes, none twice', () => {
  const knob = {
    path: 'x',
    label: '',
    doc: '',
    source: '',
    live: true,
    kind: 'number',
    unit: '',
    min: 0,
    max: 100,
    step: 5,
    initial: 5,
  } as const;
  expect(spacedValues(knob, 0, 100, 5, 'linear')).toEqual([0, 25, 50, 75, 100]);
  expect(spacedValues(knob, 5, 80, 5, 'log')).toEqual([5, 10, 20, 40, 80]);
  expect(spacedValues(knob, 5, 15, 9, 'linear')).toEqual([5, 10, 15]);
});

test('numbers stand by size, over a decade by its logarithm, words side by side', () => {
  expect(placesOf([0, 5, 10], 100)).toEqual([0, 50, 100]);
  expect(placesOf([1, 10, 100], 100).map(Math.round)).toEqual([0, 50, 100]);
  expect(placesOf(['page', 'span'], 100)).toEqual([25, 75]);
  expect(labelled([0, 10, 50, 100], [20, 20, 20, 20], 4)).toEqual([0, 2, 3]);
});

test('the same as text for a mail, and as CSV with a line per run', () => {
  const two = plan(2, 2);
  const runs = jobsOf(two).map((job) => ({
    ...job,
    outcome: outcome(job.value + job.seed + (job.machine === 'B' ? 10 : 0)),
  }));
  expect(plainText(two, runs, ['direct_stall_s'])).toBe(
    [
      'scene: vm.dirty_ratio, 2 seeds each, 1 s long',
      'A a  B b  median [min–max]',
      '',
      'Direct stall, s',
      'vm.dirty_ratio           A             B  B to A',
      '             1  1.50 [1–2]  11.5 [11–12]  × 7.67',
      '             2  2.50 [2–3]  12.5 [12–13]     × 5',
      '',
    ].join('\n'),
  );
  expect(csv(two, runs, ['direct_stall_s']).split('\n')).toHaveLength(1 + 8 + 1);
  expect(csv(two, runs, ['direct_stall_s'])).toContain(
    'vm.dirty_ratio,seed,machine,direct_stall_s\n1,1,A,1\n1,1,B,11\n',
  );
});

test('the keeper keeps what is done when it is stopped, and leaves one worker free', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const lab: Lab = {
    workers: 4,
    run: ((_id: string, _ask: unknown, options: { readonly signal: AbortSignal }) =>
      new Promise((resolve) => {
        const answer = () => resolve({ ok: true, value: outcome(1) });
        waiting.push(answer);
        most = Math.max(most, waiting.length);
        options.signal.addEventListener('abort', () =>
          resolve({ ok: false, error: { kind: 'bad-input', where: '', message: 'cancelled' } }),
        );
      })) as Lab['run'],
  };
  const keeper = new SweepKeeper();
  const ended = keeper.start(lab, plan(3, 2), undefined);
  waiting.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(most).toBe(3);
  expect(keeper.get()).toMatchObject({ isRunning: true, total: 12, refusal: '' });
  expect(keeper.get().runs).toHaveLength(1);
  keeper.cancel();
  await ended;
  expect(keeper.get()).toMatchObject({ isRunning: false, refusal: '' });
  expect(keeper.get().runs).toHaveLength(1);
});
