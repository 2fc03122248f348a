import { expect, test } from 'vitest';
import { err, ok } from '../abi/errors.ts';
import type { Lab, LabAsk, LabJobId, LabOptions } from '../abi/lab.ts';
import type { Scenario } from '../abi/scenario.ts';
import { exportResults, exportText, RESULT_FORMATS, simulated } from './exports.ts';

const SCENARIO = { id: 'reader', seed: 7, untilS: 60, kernels: { A: 'v2.6.36', B: 'v6.1' } } as Scenario;
const ASK: LabAsk<'export'> = { scenario: SCENARIO, machine: 'A', untilNs: 1e9, format: 'chrome' };

const labOf = (run: (id: LabJobId, ask: LabAsk<LabJobId>, options: LabOptions) => unknown): Lab =>
  ({ workers: 1, run: (id, ask, options = {}) => Promise.resolve(run(id, ask, options)) }) as Lab;

test('a text is its chunks in their order, however many pieces they make, mended at its beginning', async () => {
  const chunk = 'x'.repeat(1 << 20);
  const lab = labOf((_id, _ask, { onChunk }) => {
    for (let at = 0; at < 9; at++) onChunk?.(`${at}${chunk}`);
    return ok({ events: 9, untilNs: 1e9, head: '7' });
  });
  const made = await exportText(lab, ASK, {});
  if (!made.ok) throw new Error('refused');
  expect([made.value.type, made.value.size]).toEqual(['application/json', 9 * (chunk.length + 1)]);
  expect((await made.value.text()).replaceAll('x', '')).toBe('712345678');
});

test('what the lab refuses is refused', async () => {
  const refused = err({ kind: 'bad-input', where: 'lab', message: 'cancelled' });
  const lab = labOf(() => refused);
  expect(await exportText(lab, ASK, {})).toEqual(refused);
  expect(await exportResults(lab, SCENARIO, 1e9, RESULT_FORMATS[0], {})).toEqual(refused);
});

test('results of both machines, or of the simulated one; the time is the one on the screen', async () => {
  const lab = labOf((_id, ask, { onProgress }) => {
    onProgress?.(1);
    const { machine, untilNs } = ask as LabAsk<'result'>;
    return ok({ machine, kernel: SCENARIO.kernels[machine], hash: 'h', metrics: { elapsed_s: untilNs / 1e9 } });
  });
  const seen: number[] = [];
  const made = async (scenario: Scenario, at: 0 | 1 | 2) => {
    const blob = await exportResults(lab, scenario, 2.5e9, RESULT_FORMATS[at], {
      onProgress: (done) => void seen.push(done),
    });
    return blob.ok ? blob.value.text() : '';
  };
  expect(await made(SCENARIO, 0)).toBe('metric,A,B\nelapsed_s,2.5,2.5\n');
  expect(seen).toEqual([0.5, 1]);
  expect(JSON.parse(await made(SCENARIO, 1))).toMatchObject({
    scenario: 'reader',
    seed: 7,
    until_s: 2.5,
    runs: [{}, {}],
  });
  const twin = { ...SCENARIO, traces: { A: { name: 'a', bytes: 1, hash: '0' } } };
  expect(simulated(twin)).toEqual(['B']);
  expect(await made(twin, 0)).toBe('metric,B\nelapsed_s,2.5\n');
});
