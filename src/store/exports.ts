import { ok, type Result } from '../abi/errors.ts';
import type { Lab, LabAsk, LabOptions, LabRun } from '../abi/lab.ts';
import type { RunResult } from '../abi/run-result.ts';
import type { MachineId, Scenario } from '../abi/scenario.ts';
import { type Ns, S } from '../abi/units.ts';

/** Text that is handed to the browser as one piece: it keeps pieces outside of the page's memory, on disk when they are many. */
const PIECE_CHARS = 1 << 22;

/** A run as a text, written by the lab and gathered piece by piece; the page itself holds no more than the piece in hand. */
export async function exportText(lab: Lab, ask: LabAsk<'export'>, options: LabOptions): Promise<Result<Blob>> {
  const pieces: Blob[] = [];
  let held: string[] = [];
  let chars = 0;
  const handOver = () => {
    pieces.push(new Blob(held));
    held = [];
    chars = 0;
  };
  const onChunk = (text: string) => {
    held.push(text);
    chars += text.length;
    if (chars >= PIECE_CHARS) handOver();
  };
  const written = await lab.run('export', ask, { ...options, onChunk });
  if (!written.ok) return written;
  handOver();
  const type = ask.format === 'chrome' ? 'application/json' : 'text/plain';
  const whole = new Blob(pieces, { type });
  const { head } = written.value;
  return ok(head === undefined ? whole : new Blob([head, whole.slice(head.length)], { type }));
}

export const RESULT_FORMATS = [
  { id: 'csv', label: 'CSV', extension: 'csv', type: 'text/csv' },
  { id: 'json', label: 'JSON', extension: 'json', type: 'application/json' },
  { id: 'mmtests', label: 'mmtests', extension: 'txt', type: 'text/plain' },
] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** What the simulated machines of a scenario came to until a time, as the command line prints it. */
export async function exportResults(
  lab: Lab,
  scenario: Scenario,
  untilNs: Ns,
  { id, type }: ResultFormat,
  { onProgress, ...options }: LabOptions,
): Promise<Result<Blob>> {
  const machines = simulated(scenario);
  const done = machines.map(() => 0);
  const runs: RunResult[] = [];
  const jobs = machines.map((machine, at) => {
    const ask: LabRun = { scenario, machine, untilNs };
    const report = (share: number) => {
      done[at] = share;
      onProgress?.(done.reduce((sum, one) => sum + one, 0) / machines.length);
    };
    return lab.run('result', ask, { ...options, onProgress: report });
  });
  for (const job of jobs) {
    const result = await job;
    if (!result.ok) return result;
    runs.push(result.value);
  }
  const { RESULTS } = await import('../formats/registry.ts');
  const until = { ...scenario, untilS: untilNs / S };
  const text = id === 'json' ? RESULTS.json(until, runs) : RESULTS[id](runs);
  return ok(new Blob([`${text}\n`], { type }));
}

/** A trace of a real kernel is a text already. */
export const simulated = ({ traces }: Scenario): readonly MachineId[] =>
  (['A', 'B'] as const).filter((machine) => traces?.[machine] === undefined);
