import type { DiskFrame, MachineFrame } from '../../abi/frame.ts';
import { type Ns, SECTOR_BYTES } from '../../abi/units.ts';
import { fixed, group, short } from '../shared/format.ts';
import { disksOf, hasPool, oldestNs } from './layout.ts';

/** "340 ms", "1.2 s". */
export const ageWords = (ns: Ns): string => (ns < 1e9 ? `${group(ns / 1e6)} ms` : `${fixed(ns / 1e9, 1)} s`);

/** Mean size of what waits, in KiB; 0 where nothing does. */
export function meanKib({ queueSectors }: Pick<DiskFrame, 'queueSectors'>): number {
  const sectors = queueSectors.reduce((sum, one) => sum + one, 0);
  return queueSectors.length === 0 ? 0 : (sectors * SECTOR_BYTES) / 1024 / queueSectors.length;
}

/** "async", "sync and async"; empty where no class is congested. */
export function congestedWords({ congested }: Pick<DiskFrame, 'congested'>): string {
  return [congested.sync ? 'sync' : '', congested.async ? 'async' : ''].filter((cls) => cls !== '').join(' and ');
}

/** Whose requests wait, most first: "W1 12, K 3". */
function submittersOf({ queueTask }: Pick<DiskFrame, 'queueTask'>, tasks: MachineFrame['tasks']): string {
  const counts = new Map<number, number>();
  for (const task of queueTask) counts.set(task, (counts.get(task) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([task, count]) => `${tasks.find(({ id }) => id === task)?.name ?? 'a task that is gone'} ${count}`)
    .join(', ');
}

const count = (of: number, what: string): string => `${of} ${what}${of === 1 ? '' : 's'}`;

/** Every queue in sentences. */
export function queueText(frame: Pick<MachineFrame, 'disk' | 'moreDisks' | 'nowNs' | 'tasks'>): string {
  const disks = disksOf(frame);
  return disks
    .map((disk) => {
      const { queueSector, queueWrite, lent, inDrive } = disk;
      const writes = queueWrite.reduce((sum, one) => sum + one, 0);
      const waits =
        queueSector.length === 0
          ? 'Nothing waits.'
          : `${count(writes, 'write')} and ${count(queueSector.length - writes, 'read')} wait, of ${short(Number(meanKib(disk).toFixed(1)))} KiB on average, the oldest for ${ageWords(oldestNs(disk, frame.nowNs))}; submitted by ${submittersOf(disk, frame.tasks)}.`;
      const drive = inDrive.map(
        ({ isWrite, sector, startNs }) =>
          ` The drive has had a ${isWrite ? 'write' : 'read'} at sector ${group(sector)} for ${ageWords(frame.nowNs - startNs)}.`,
      );
      const congested = congestedWords(disk);
      const pool = !hasPool(disk)
        ? ''
        : ` The pool has lent ${lent.async} async and ${lent.sync} sync requests; ${congested ? `${congested} is congested` : 'neither is congested'}.`;
      return `Disk ${disk.name}: ${waits}${drive.join('')}${pool}`;
    })
    .join(' ');
}
