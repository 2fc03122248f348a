import type { TaskFrame } from '../../abi/frame.ts';
import { KIND } from './kinds.ts';
import type { PlayRows } from './rows.ts';

/** A task of the trace that has a lane. */
export interface Actor {
  readonly id: number;
  readonly pid: number;
  readonly name: string;
  readonly letter: string;
  readonly kind: TaskFrame['kind'];
}

/** Who of the trace's tasks is shown, and which rows are theirs. */
export interface Cast {
  readonly actors: readonly Actor[];
  /** Row of TraceTable.tasks → person: tasks of one pid are one, whatever they were called meanwhile. */
  readonly person: Uint32Array;
  readonly persons: number;
  /** Person → row of `actors`; -1: not shown. */
  readonly actorOf: Int32Array;
  /** Person → by name or deed a kswapd, a flusher or a program. */
  readonly kindOf: readonly TaskFrame['kind'][];
}

/** As many lanes as stay readable. */
export const ACTORS_MAX = 12;

/** Whoever runs when a request ends, or when the queue is run, has nothing to do with it. */
const BYSTANDING: ReadonlySet<number> = new Set([KIND.complete, KIND.issue, KIND.requeue, KIND.other]);
const HOLDS: ReadonlySet<number> = new Set([KIND.directBegin, KIND.memcgBegin, KIND.nodeBegin, KIND.throttled]);
const FLUSHES: ReadonlySet<number> = new Set([KIND.flusherStart, KIND.flusherEnd, KIND.pagesWritten]);

export function castOf(rows: PlayRows): Cast {
  const { table } = rows;
  const { person, pids } = personsOf(rows);
  const deeds = new Float64Array(pids.length);
  const holds = new Float64Array(pids.length);
  const flushes = new Float64Array(pids.length);
  const rowsOfTask = new Float64Array(table.tasks.length);
  for (let row = 0; row < rows.count; row++) {
    const task = table.task[row]!;
    rowsOfTask[task]!++;
    const kind = rows.kind(row);
    if (BYSTANDING.has(kind)) continue;
    const who = person[task]!;
    deeds[who]!++;
    if (HOLDS.has(kind)) holds[who]!++;
    if (FLUSHES.has(kind) || isUnboundWrite(rows, row, kind)) flushes[who]!++;
  }
  const names = namesOf(rows, person, pids.length, rowsOfTask);
  const kindOf = names.map((name, who) => kindOfThread(name, flushes[who]! > 0));
  const weight = (who: number) => deeds[who]! + (kindOf[who] !== 'task' || holds[who]! > 0 ? rows.count : 0);
  const shown = pids
    .map((_, who) => who)
    .filter((who) => deeds[who]! > 0 && pids[who] !== 0)
    .sort((a, b) => weight(b) - weight(a) || a - b)
    .slice(0, ACTORS_MAX)
    .sort((a, b) => ORDER.indexOf(kindOf[a]!) - ORDER.indexOf(kindOf[b]!) || weight(b) - weight(a) || a - b);
  const letters = lettersOf(shown.map((who) => ({ name: names[who]!, kind: kindOf[who]! })));
  const actorOf = new Int32Array(pids.length).fill(-1);
  const actors = shown.map((who, id) => {
    actorOf[who] = id;
    return { id, pid: pids[who]!, name: names[who]!, letter: letters[id]!, kind: kindOf[who]! };
  });
  return { actors, person, persons: pids.length, actorOf, kindOf };
}
const ORDER: readonly TaskFrame['kind'][] = ['kswapd', 'flusher', 'task'];

function personsOf({ table }: PlayRows): { readonly person: Uint32Array; readonly pids: readonly number[] } {
  const known = new Map<number | string, number>();
  const pids: number[] = [];
  const person = Uint32Array.from(table.tasks, ({ name, pid }) => {
    const key = pid > 0 ? pid : `${name}-${pid}`;
    const who = known.get(key) ?? pids.push(pid) - 1;
    known.set(key, who);
    return who;
  });
  return { person, pids };
}

/** Of the names that one pid had, the one it was called by most; `<...>` is none. */
function namesOf({ table }: PlayRows, person: Uint32Array, persons: number, weight: Float64Array): string[] {
  const best = new Float64Array(persons).fill(-1);
  const names = Array.from({ length: persons }, () => '<...>');
  for (const [task, { name }] of table.tasks.entries()) {
    const who = person[task]!;
    if (name === '<...>' || weight[task]! <= best[who]!) continue;
    best[who] = weight[task]!;
    names[who] = name;
  }
  return names;
}

/** Where no writeback event is recorded a flusher is known by its requests: an unbound worker that writes. */
const isUnboundWrite = (rows: PlayRows, row: number, kind: number): boolean =>
  kind === KIND.insert &&
  rows.text(row, 1).includes('W') &&
  rows.table.tasks[rows.table.task[row]!]!.name.startsWith('kworker/u');

/** A flusher has been called flush-8:0, and kworker/u4:5 since 3.10. */
function kindOfThread(name: string, flushes: boolean): TaskFrame['kind'] {
  if (name.startsWith('kswapd')) return 'kswapd';
  return name.startsWith('flush-') || (flushes && name.startsWith('kworker')) ? 'flusher' : 'task';
}

/** K and F as the simulated threads have them; of a program its initial; where several would share it, with a number. */
function lettersOf(threads: readonly { readonly name: string; readonly kind: TaskFrame['kind'] }[]): readonly string[] {
  const stems = threads.map(({ name, kind }) => (kind === 'kswapd' ? 'K' : kind === 'flusher' ? 'F' : initialOf(name)));
  const used = new Map<string, number>();
  return stems.map((stem) => {
    const nth = (used.get(stem) ?? 0) + 1;
    used.set(stem, nth);
    return nth === 1 ? stem : `${stem}${nth}`;
  });
}

function initialOf(name: string): string {
  const initial = /[a-z]/i.exec(name)?.[0].toUpperCase() ?? 'T';
  return initial === 'K' || initial === 'F' ? 'T' : initial;
}
