import { LIST_NAMES, type MachineFrame } from '../../abi/frame.ts';
import { group, mib, percent, seconds } from '../shared/format.ts';
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

/** A group in sentences: usage, lists, and how much of the zone's list is its own. */
export function memcgText(frame: MachineFrame, cleaner: string): string {
  const { memcgs, memory, listPages, tasks } = frame;
  if (memcgs.length === 0) return 'There are no memory cgroups.';
  const zone = listPages[INACTIVE_FILE] ?? 0;
  const groups = memcgs.map(
    ({ name, parent, usagePages, limitPages, softLimitPages, lists, failcnt, stalledNs, ...marks }) => {
      const size = (pages: number) => `${mib(pages, memory.pageBytes)} MiB`;
      const inside = parent ? ` inside ${parent}` : '';
      const limit = Number.isFinite(limitPages) ? ` of ${size(limitPages)}` : ' without a limit';
      const soft = Number.isFinite(softLimitPages) ? `, soft limit ${size(softLimitPages)}` : '';
      const dirty = Number.isFinite(marks.dirtyThreshPages)
        ? ` It may have ${group(marks.dirtyThreshPages)} dirty pages, its flusher starts at ${group(marks.backgroundThreshPages)}.`
        : '';
      const own = lists?.[INACTIVE_FILE]?.pages ?? 0;
      const ofLists = (lists ?? [])
        .slice(0, GROUP_LISTS)
        .map(
          ({ pages, dirtyPages, writebackPages }, row) =>
            `${LIST_NAMES[row]!.replace('_', ' ')} ${group(pages)}, ${group(dirtyPages)} dirty, ${group(writebackPages)} being written`,
        )
        .join('; ');
      return `Group ${name}${inside}: ${size(usagePages)}${limit}${soft}, failcnt ${group(failcnt)}, stalled ${seconds(stalledNs)} s.${dirty} Its lists: ${ofLists}. ${group(own)} of the zone's ${group(zone)} inactive file pages are its own (${percent(own / Math.max(1, zone))}).`;
    },
  );
  return `What cleans a group: ${cleaner}. In reclaim at a limit: ${reclaimersWords(tasks)}. ${groups.join(' ')}`;
}
