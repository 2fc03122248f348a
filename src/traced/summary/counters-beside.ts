import type { TracedRow, TracedVmstat } from '../../abi/traced.ts';
import type { TraceSummary } from './summary.ts';
import { type Comparison, type Counters, comparisons, counterDelta, readCounters } from './vmstat.ts';

/** A text of counters that was opened with a trace. */
interface CounterText {
  readonly name: string;
  readonly text: string;
}

/** The same counters twice, in the order in which they were read. */
export interface CounterPair {
  readonly before: Counters;
  readonly after: Counters;
}

/** Of /proc/vmstat, and of memory.stat of one cgroup. */
export interface CountersBeside {
  readonly vmstat: CounterPair | undefined;
  readonly memoryStat: CounterPair | undefined;
}

/** Two texts of the same kind, told apart by their names, else by their values. Undefined: they are not two. */
export function pairOf(texts: readonly CounterText[]): CounterPair | undefined {
  if (texts.length !== 2) return undefined;
  const [first, second] = texts.map(({ name, text }) => ({ said: saidBy(name), counters: readCounters(text) }));
  const isSaid = first!.said !== second!.said;
  const isTurned = isSaid ? first!.said > second!.said : grownFrom(first!.counters, second!.counters) < 0;
  const [before, after] = isTurned ? [second!, first!] : [first!, second!];
  return { before: before.counters, after: after.counters };
}

/** -1: its name says before, 1: after, 0: neither or both. */
const saidBy = (name: string): number => Number(/after/i.test(name)) - Number(/before/i.test(name));

/** Counters of events only grow; levels go either way. */
const GROWS = /^(pg|allocstall|pswp)/;

function grownFrom(first: Counters, second: Counters): number {
  let grown = 0;
  for (const [name, value] of second) if (GROWS.test(name)) grown += Math.sign(value - (first.get(name) ?? 0));
  return grown;
}

/** `summary`: undefined for a text without events of reclaim, as blkparse writes it. */
export function vmstatTables(summary: TraceSummary | undefined, beside: CountersBeside): TracedVmstat | undefined {
  const { vmstat, memoryStat } = beside;
  if (vmstat === undefined) return undefined;
  const moved = counterDelta(vmstat.before, vmstat.after);
  const inCgroup = memoryStat && counterDelta(memoryStat.before, memoryStat.after);
  return {
    checks: summary === undefined ? [] : comparisons(summary, moved, inCgroup).map(checkOf),
    why: WHY,
    moved: movedRows(moved, '/proc/vmstat'),
    movedInCgroup: movedRows(inCgroup ?? {}, 'memory.stat of the cgroup'),
  };
}

const WHY =
  'They may differ: vmstat is read a little before the trace begins and a little after it ends; an event that was not enabled or was lost counts nothing in the trace; reclaim of a cgroup is traced but not counted in /proc/vmstat; pgpgin and pgpgout count what is handed to all devices once, the trace counts requests as they are issued.';

const checkOf = ({ label, counts, trace, vmstat, equal }: Comparison) => ({
  label,
  trace: String(trace),
  vmstat: String(vmstat),
  equal,
  definition: `In the trace: ${counts}. In the kernel’s counters: ${counterOf(label)}, after less before.`,
});

/** What the kernel calls it: the label up to what is added to tell it from others. */
const counterOf = (label: string): string => label.replace(/,.*$/, '').replace('allocstall', 'the sum of allocstall_*');

function movedRows(delta: Readonly<Record<string, number>>, where: string): readonly TracedRow[] {
  return Object.entries(delta).map(([label, value]) => ({
    label,
    value: String(value),
    definition: `${label} in ${where}, after less before: below zero, there is less of it than there was.`,
  }));
}

/** Of files opened with a trace: which are left aside, and which counters have no other to be compared with; empty: none. */
export function asideText(files: {
  readonly vmstat: readonly CounterText[];
  readonly memoryStat: readonly CounterText[];
  readonly aside: readonly string[];
}): string {
  const { vmstat, memoryStat, aside } = files;
  const left = aside.length > 0 && `Left aside, as no part of this trace: ${aside.join(', ')}.`;
  const unpaired = [vmstat, memoryStat]
    .filter((texts) => texts.length > 0 && texts.length !== 2)
    .map((texts) => `Not compared: ${texts.map(({ name }) => name).join(', ')}; there must be two, before and after.`);
  const lone =
    vmstat.length === 0 && memoryStat.length === 2 && 'Not compared: memory.stat without /proc/vmstat of the same run.';
  return [left, ...unpaired, lone].filter((part) => part !== false).join(' ');
}
