import { STALL_KINDS } from '../../abi/frame.ts';
import type { KnobValue } from '../../abi/knob.ts';
import { type MachineId, MODEL_VERSION, type Scenario, type TimedInput } from '../../abi/scenario.ts';
import type { Twin } from '../../store/feed.ts';
import type { History } from '../../store/history.ts';
import type { SeekDefinition } from '../../store/layout.ts';
import { runName } from '../../store/traced.ts';
import { MAIL_COLUMNS, resultsText } from './results-text.ts';
import { digitFloors, digitLines, mostIn, stallHeat } from './stall-heat.ts';

export interface Reply {
  readonly scenario: Scenario;
  /** The scene as its file has it: what is not so in the scenario has been changed. */
  readonly scene: Scenario;
  /** Titles by id. */
  readonly kernels: readonly { readonly id: string; readonly title: string }[];
  readonly twin: Twin;
  readonly stalls: History['stalls'];
  readonly seeks: SeekDefinition;
  readonly link: string | undefined;
}

const HEAT_COLUMNS = 60;

/** A run in plain ASCII, ready for a reply: nothing but the link is wider than a mail. */
export function replyText(reply: Reply): string {
  const { scenario, twin, seeks } = reply;
  const names = { A: runName({ scenario }, 'A'), B: runName({ scenario }, 'B') };
  const blocks = [headLines(reply), [resultsText(twin, names, seeks)], stallLines(reply), linkLines(reply)];
  return `${toAscii(blocks.map((lines) => lines.join('\n')).join('\n\n'))}\n`;
}

function headLines({ scenario, scene, kernels, twin }: Reply): string[] {
  const machine = (id: MachineId) => {
    const trace = scenario.traces?.[id];
    return trace ? `${trace.name}, recorded` : kernel(scenario.kernels[id]);
  };
  const kernel = (id: string) => {
    const title = kernels.find((one) => one.id === id)?.title;
    return title && title !== id ? `${id} (${title})` : id;
  };
  return [
    `Reclaimscope, model ${MODEL_VERSION}: ${scenario.title}`,
    `scene ${scenario.id}, seed ${scenario.seed}, after ${(twin.atNs / 1e9).toFixed(3)} s of virtual time`,
    `A: ${machine('A')}`,
    `B: ${machine('B')}`,
    `changed knobs: ${changedKnobs(scenario, scene).join(', ') || 'none'}`,
    `turned while running: ${
      scenario.inputs
        .filter(({ atNs }) => atNs <= twin.atNs)
        .map(inputText)
        .join(', ') || 'nothing'
    }`,
  ].flatMap(wrap);
}

function changedKnobs(scenario: Scenario, scene: Scenario): string[] {
  const changed = (now: Readonly<Record<string, KnobValue>>, before: Readonly<Record<string, KnobValue>>, of: string) =>
    Object.entries(now)
      .filter(([path, value]) => before[path] !== value)
      .map(([path, value]) => `${of}${path}=${value}`);
  return [
    ...changed(scenario.knobs, scene.knobs, ''),
    ...changed(scenario.knobsOf.A, scene.knobsOf.A, 'a.'),
    ...changed(scenario.knobsOf.B, scene.knobsOf.B, 'b.'),
  ];
}

function inputText({ atNs, machine, path, value }: TimedInput): string {
  const of = machine === 'both' ? '' : `${machine.toLowerCase()}.`;
  return `${of}${path}=${value} at ${(atNs / 1e9).toFixed(3)} s`;
}

/** Every stall up to now: direct reclaim, memcg reclaim and dirty throttling. */
function stallLines({ twin, stalls }: Reply): string[] {
  const range = { fromNs: 0, toNs: Math.max(1, twin.atNs) };
  const heats = (['A', 'B'] as const).map((id) => stallHeat(stalls[id], range, HEAT_COLUMNS, STALL_KINDS));
  const most = mostIn(...heats);
  if (most === 0) return ['No task has been stalled.'];
  const floors = digitFloors(most);
  const columnS = (range.toNs / HEAT_COLUMNS / 1e9).toFixed(3);
  return [
    ...wrap(`Stalls, by when they ended and how long they had lasted; a column is ${columnS} s.`),
    most === 1 ? '0 none, 1 one stall.' : `0 none, 1 from 1, 5 from ${floors[4]}, 9 from ${floors[8]} stalls.`,
    ...heats.flatMap((heat, at) => [at === 0 ? 'A' : 'B', ...digitLines(heat, most)]),
  ];
}

function linkLines({ link }: Reply): string[] {
  if (link === undefined) return [];
  const says =
    link.length > MAIL_COLUMNS
      ? 'This very place, to open and go on from (one line, longer than the others):'
      : 'This very place, to open and go on from:';
  return [...wrap(says), link];
}

/** Breaks at blanks; what follows is set in. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= MAIL_COLUMNS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : `  ${word}`);
  }
  return lines;
}

const ASCII: Readonly<Record<string, string>> = { '→': '->', '–': '-', '−': '-', '×': 'x', '’': "'", '…': '...' };
const toAscii = (text: string): string => text.replace(/[^\n -~]/g, (letter) => ASCII[letter] ?? '?');
