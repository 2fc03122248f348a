import type { MemcgFrame, MemoryFrame } from '../../abi/frame.ts';
import { mib } from '../shared/format.ts';

export function dirtyShare({ dirtyPages, writebackPages, dirtyablePages }: MemoryFrame): number {
  return (dirtyPages + writebackPages) / Math.max(dirtyablePages, 1);
}

export const priorityWords = (priority: number): string => (priority > 12 ? 'none' : String(priority));

export function memoryText(memory: MemoryFrame, memcgs: readonly MemcgFrame[]): string {
  const { freePages, watermarks, dirtyPages, writebackPages, dirtyThreshPages, priority } = memory;
  const place =
    freePages < watermarks.min
      ? 'below min'
      : freePages < watermarks.low
        ? 'below low'
        : freePages < watermarks.high
          ? 'below high'
          : 'above high';
  const groups = memcgs.map(
    (group) =>
      ` Group ${group.name}: ${mib(group.usagePages)} of ${mib(group.limitPages)} MiB, ${group.dirtyPages} pages dirty.`,
  );
  const scan = priority > 12 ? 'Nobody reclaims.' : `Reclaim went down to priority ${priority}.`;
  return `${freePages} pages free, ${place} (${watermarks.min}, ${watermarks.low}, ${watermarks.high}). ${dirtyPages} dirty and ${writebackPages} being written of ${dirtyThreshPages} allowed. ${scan}${groups.join('')}`;
}
