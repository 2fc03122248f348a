import { LIST_NAMES, type MachineFrame, type MemcgFrame } from '../../abi/frame.ts';
import type { ListFrame } from '../../abi/look.ts';
import type { TracedInfo } from '../../abi/traced.ts';
import { group, groupWords, mib, percent, seconds } from '../shared/format.ts';
import { GROUP_LISTS, INACTIVE_FILE, zoneShares } from './layout.ts';

/** As wide as a fifth of a lane. */
export const LIST_WORDS = ['inact anon', 'act anon', 'inact file', 'act file', 'unevict'] as const;

/** memory.stat has a group's dirty pages from 4.2 on, and in the patches that limit them. */
export function showsDirty(kernel: string, cleaner: string): boolean {
  if (cleaner === 'dirty-ratio' || cleaner === 'cgroup-writeback') return true;
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(kernel) ?? [];
  return Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 2);
}

/** "small 3 055 · roomy 1 808": whose the pages of the zone's list are, in the order of its parts; the rest is of no group. */
export function zoneWords(frame: Pick<MachineFrame, 'memcgs' | 'listPages'>): string {
  return zoneShares(frame)
    .filter(({ name }) => name !== '')
    .map(({ name, pages }) => `${name} ${group(pages)}`)
    .join(' · ');
}

/** Who reclaims at a limit now, by letter. */
export function reclaimersWords(tasks: MachineFrame['tasks']): string {
  const letters = tasks.filter(({ reclaim }) => reclaim === 'memcg').map(({ letter }) => letter);
  return letters.length === 0 ? 'nobody' : letters.join(' ');
}

/** Of the groups of a trace. */
export const RECORDED =
  'What a group holds, its limits, and which of them was reclaimed at, is not in any trace event.';

/** Each group of a trace with the fact that tells of how many pages were written back for it, where events told. */
export const writtenBack = (
  memcgs: readonly Pick<MemcgFrame, 'name'>[],
  info: Pick<TracedInfo, 'groups'> | undefined,
) =>
  memcgs.map(({ name }) => {
    const row = info?.groups.find(({ label }) => label === `${name}, pages written back`);
    return { name, written: row && { ...row, value: groupWords(row.value) } };
  });

/** A group in sentences: usage, lists, and how much of the zone's list is its own. `cleaner`: empty where nothing says. */
export function memcgText(frame: MachineFrame, cleaner: string): string {
  const { memcgs, tasks } = frame;
  if (memcgs.length === 0) return 'There are no memory cgroups.';
  const cleaned = cleaner === '' ? [] : [`What cleans a group: ${cleaner}.`];
  const reclaim = `In reclaim at a limit: ${reclaimersWords(tasks)}.`;
  const recorded = frame.traced ? [RECORDED] : [];
  return [...cleaned, reclaim, ...memcgs.map((memcg) => groupText(memcg, frame)), ...recorded].join(' ');
}

function groupText(memcg: MemcgFrame, { memory, listPages }: MachineFrame): string {
  const { name, parent, usagePages, limitPages, softLimitPages, lists, failcnt, stalledNs } = memcg;
  const size = (pages: number) => `${mib(pages, memory.pageBytes)} MiB`;
  const parts: string[] = [];
  if (!Number.isNaN(usagePages)) {
    const endless = limitPages === Number.POSITIVE_INFINITY ? ' without a limit' : '';
    parts.push(`${size(usagePages)}${Number.isFinite(limitPages) ? ` of ${size(limitPages)}` : endless}`);
  }
  if (Number.isFinite(softLimitPages)) parts.push(`soft limit ${size(softLimitPages)}`);
  if (!Number.isNaN(failcnt)) parts.push(`failcnt ${group(failcnt)}`);
  if (!Number.isNaN(stalledNs)) parts.push(`stalled ${seconds(stalledNs)} s`);
  const sentences = [
    `Group ${name}${parent ? ` inside ${parent}` : ''}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`,
  ];
  if (Number.isFinite(memcg.dirtyThreshPages))
    sentences.push(
      `It may have ${group(memcg.dirtyThreshPages)} dirty pages, its flusher starts at ${group(memcg.backgroundThreshPages)}.`,
    );
  if (lists) sentences.push(listsText(lists));
  const zone = listPages[INACTIVE_FILE];
  const own = lists?.[INACTIVE_FILE]?.pages ?? 0;
  if (zone !== undefined)
    sentences.push(
      `${group(own)} of the zone's ${group(zone)} inactive file pages are its own (${percent(own / Math.max(1, zone))}).`,
    );
  return sentences.join(' ');
}

const listsText = (lists: readonly ListFrame[]): string =>
  `Its lists: ${lists
    .slice(0, GROUP_LISTS)
    .map(
      ({ pages, dirtyPages, writebackPages }, row) =>
        `${LIST_NAMES[row]!.replace('_', ' ')} ${group(pages)}, ${group(dirtyPages)} dirty, ${group(writebackPages)} being written`,
    )
    .join('; ')}.`;
