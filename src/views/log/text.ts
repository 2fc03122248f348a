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

export function whoOf({ machine, thread }: Pick<LogRow, 'machine' | 'thread'>, twin: Twin | undefined): string {
  if (thread === DISKS) return 'disk';
  return twin?.[machine].tasks.find(({ id }) => id === thread)?.name ?? `thread ${thread}`;
}

/** In plain words, or as the kernel's trace has it. */
export const rowText = ({ key, args }: LogRow, isTrace: boolean): string =>
  isTrace ? eventText(key, args) : inWords(key, args);

/** Threads of both machines, each name once. */
export function threadsOf(twin: Twin | undefined): readonly Pick<TaskFrame, 'id' | 'name'>[] {
  if (!twin) return [];
  const known = new Map([...twin.B.tasks, ...twin.A.tasks].map((task) => [task.id, task]));
  return [...known.values()].sort((one, other) => one.id - other.id);
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
