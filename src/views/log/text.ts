import { DISKS, eventText } from '../../abi/events.ts';
import type { TaskFrame } from '../../abi/frame.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { Twin } from '../../store/feed.ts';
import { group } from '../shared/format.ts';
import type { LogState } from './reader.ts';
import type { LogRow } from './rows.ts';
import { inWords } from './words.ts';

/** 12.345678: what the kernel's trace prints. */
export const micros = (ns: number): string => (Math.floor(ns / 1000) / 1e6).toFixed(6);

export function whoOf({ machine, thread, printed }: LogRow, twin: Twin | undefined): string {
  if (printed) return printed.who;
  if (thread === DISKS) return 'disk';
  return twin?.[machine].tasks.find(({ id }) => id === thread)?.name ?? `thread ${thread}`;
}

/** In plain words, or as the kernel's trace has it; a recorded kernel's own words are all there is of its event. */
export function rowText({ key, args, printed }: LogRow, isTrace: boolean): string {
  if (printed) return printed.text;
  if (key === undefined) return '';
  return isTrace ? eventText(key, args) : inWords(key, args);
}

/** Threads of both machines, each id once; a trace and a simulated machine may give one id to different threads. */
export function threadsOf(twin: Twin | undefined): readonly Pick<TaskFrame, 'id' | 'name'>[] {
  if (!twin) return [];
  const names = new Map<number, Set<string>>();
  for (const { id, name } of [...twin.A.tasks, ...twin.B.tasks]) names.set(id, (names.get(id) ?? new Set()).add(name));
  return [...names].map(([id, own]) => ({ id, name: [...own].join(' / ') })).sort((one, other) => one.id - other.id);
}

/** What is not there: overwritten in the recorder, or more than a log holds. */
export function missingText({ logs }: LogState, machines: readonly MachineId[]): string {
  return machines
    .map((machine) => {
      const { lost, completeFrom } = logs[machine];
      if (lost > 0) return `${machine}: ${group(lost)} earlier events lost`;
      return completeFrom > 0 ? `${machine}: earlier events not shown` : '';
    })
    .filter((text) => text !== '')
    .join(' · ');
}
