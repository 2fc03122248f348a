import { CELL, LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import type { FoundPage, Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { type Ns, SECTOR_BYTES } from '../../abi/units.ts';
import type { Twin } from '../../store/feed.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { sameThing } from '../../store/selection.ts';
import { group, mib, short } from './format.ts';
import { taskState } from './task-state.ts';

/** What a thing is and where it stands in one machine, in one line: for a tooltip and for the ear. */
export function wordsOf(
  thing: Thing | undefined,
  machine: MachineId,
  twin: Twin,
  requests: Readonly<Record<MachineId, RequestHistory>>,
): string | undefined {
  if (thing?.kind === 'request') return requestWords(thing, twin[thing.machine], requests[thing.machine]);
  return thingWords(thing, twin[machine]);
}

function thingWords(thing: Thing | undefined, frame: MachineFrame): string | undefined {
  if (thing?.kind === 'page') return pageWords(thing, frame);
  if (thing?.kind === 'task') return taskWords(thing, frame);
  if (thing?.kind === 'memcg') return groupWords(thing, frame);
  return undefined; // a request is told of by its disk's history: wordsOf()
}

function pageWords(thing: Thing & { kind: 'page' }, frame: MachineFrame): string | undefined {
  const page = frame.found.find((one) => sameThing(one.thing, thing))?.page;
  if (!page) return undefined;
  const name = `${page.name}, page ${group(thing.index)}`;
  if (page.pfn < 0) return `${name} · not in memory`;
  return [name, stateWords(page), `pfn 0x${page.pfn.toString(16)}`, ...placeWords(page, frame)].join(' · ');
}

const STATES = ['free', 'clean', 'dirty', 'being written'] as const;

function stateWords({ cell, laps }: FoundPage): string {
  const words: string[] = [STATES[(cell & CELL.STATE) as 0 | 1 | 2 | 3]];
  if (cell & CELL.REFERENCED) words.push('referenced');
  if (cell & CELL.RECLAIM) words.push('to the tail when written');
  if (cell & CELL.LOCKED) words.push('locked');
  if (laps > 0) words.push(`lap ${laps}`);
  return words.join(', ');
}

function placeWords(page: FoundPage, { tasks }: MachineFrame): string[] {
  const words: string[] = [];
  if (page.list >= 0) words.push(`${LIST_NAMES[page.list]!.replace('_', ' ')}, ${group(page.fromTail)} before it`);
  if (page.isolatedBy >= 0) words.push(`held by ${tasks.find(({ id }) => id === page.isolatedBy)?.name ?? 'a task'}`);
  if (page.memcg) words.push(`of ${page.memcg}`);
  if (page.requestSector >= 0)
    words.push(`${page.isQueued ? 'queued' : 'on the disk'} at ${group(page.requestSector)}`);
  return words;
}

function taskWords({ id }: Thing & { kind: 'task' }, { tasks, traced }: MachineFrame): string | undefined {
  const task = tasks.find((one) => one.id === id);
  if (!task) return undefined;
  const where = task.stack[0] ? ` in ${task.stack[0].name}()` : '';
  const waits = task.waitsFor ? `, waits for ${task.waitsFor}` : '';
  const stack = traced ? '' : ` · ${group(task.stackBytes)} B of stack`;
  return `${task.letter} ${task.name} · ${taskState(task, traced !== undefined)}${where}${waits}${stack}`;
}

function groupWords({ name }: Thing & { kind: 'memcg' }, { memcgs, memory }: MachineFrame): string | undefined {
  const memcg = memcgs.find((one) => one.name === name);
  if (!memcg) return undefined;
  const limit = Number.isFinite(memcg.limitPages) ? ` of ${mib(memcg.limitPages, memory.pageBytes)}` : '';
  const usage = Number.isNaN(memcg.usagePages) ? [] : [`${mib(memcg.usagePages, memory.pageBytes)}${limit} MiB`];
  const dirty = Number.isNaN(memcg.dirtyPages)
    ? []
    : [`${group(memcg.dirtyPages)} pages dirty, ${group(memcg.writebackPages)} being written`];
  return [`group ${name}`, ...usage, ...dirty].join(' · ');
}

/** A request as the disk saw it; `requests` is the history of that machine. */
function requestWords(
  thing: Thing & { kind: 'request' },
  { disk, moreDisks, nowNs, tasks, memory }: MachineFrame,
  { columns, rows }: Pick<RequestHistory, 'columns' | 'rows'>,
): string | undefined {
  const pages = group((thing.sectors * SECTOR_BYTES) / memory.pageBytes);
  const at = `at ${group(thing.sector)}`;
  if (thing.startNs < 0) {
    const queue = [disk, ...moreDisks][thing.disk];
    const row = queue?.queueSector.indexOf(thing.sector) ?? -1;
    if (!queue || row < 0) return undefined;
    const by = tasks.find(({ id }) => id === queue.queueTask[row])?.name ?? 'a task';
    return `${queue.queueWrite[row] ? 'write' : 'read'} of ${pages} pages ${at} · by ${by} · queued for ${ms(nowNs - queue.queueNs[row]!)}`;
  }
  const row = rowOf(thing, columns, rows);
  if (row < 0) {
    const one = [disk, ...moreDisks][thing.disk]?.inDrive.find(({ sector }) => sector === thing.sector);
    if (!one) return undefined;
    const by = tasks.find(({ id }) => id === one.task)?.name ?? 'a task';
    return `${one.isWrite ? 'write' : 'read'} of ${pages} pages ${at} · by ${by} · in the drive for ${ms(nowNs - one.startNs)}`;
  }
  const by = ['its own task', 'kswapd', 'direct reclaim', 'memcg reclaim', 'the flusher'][columns.by[row]!];
  const { seekNs, rotateNs, transferNs, startNs, endNs } = columns;
  const parts = Number.isNaN(seekNs[row])
    ? ''
    : `: seek ${ms(seekNs[row]!)}, rotate ${ms(rotateNs[row]!)}, transfer ${ms(transferNs[row]!)}`;
  return `${columns.write[row] ? 'write' : 'read'} of ${pages} pages ${at} · by ${by} · ${ms(endNs[row]! - startNs[row]!)}${parts}`;
}

const ms = (ns: Ns): string => `${short(Number((ns / 1e6).toFixed(2)))} ms`;

/** Rows are in the order of their ends; a request is looked for from the newest. */
export function rowOf(
  { disk, sector, startNs }: Thing & { kind: 'request' },
  columns: RequestHistory['columns'],
  rows: number,
): number {
  for (let row = rows - 1; row >= 0; row--)
    if (columns.startNs[row] === startNs && columns.disk[row] === disk && columns.sector[row] === sector) return row;
  return -1;
}
