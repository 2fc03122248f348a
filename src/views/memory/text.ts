import type { MemcgFrame, MemoryFrame } from '../../abi/frame.ts';
import { mib } from '../shared/format.ts';

export function dirtyShare({ dirtyPages, writebackPages, dirtyablePages }: MemoryFrame): number {
  return (dirtyPages + writebackPages) / Math.max(dirtyablePages, 1);
}

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
  const groups = memcgs.map((group) => ` ${groupText(group, memory.pageBytes)}`);
  const scan = priority > 12 ? 'Nobody reclaims.' : `Reclaim went down to priority ${priority}.`;
  return `${freePages} pages free, ${place} (${watermarks.min}, ${watermarks.low}, ${watermarks.high}). ${dirtyPages} dirty and ${writebackPages} being written of ${dirtyThreshPages} allowed. ${scan}${groups.join('')}`;
}

function groupText(group: MemcgFrame, pageBytes: number): string {
  const size = (pages: number) => mib(pages, pageBytes);
  const { name, usagePages, limitPages, softLimitPages, dirtyPages, dirtyThreshPages, wmarks } = group;
  const soft = Number.isFinite(softLimitPages) ? `, soft limit ${size(softLimitPages)} MiB` : '';
  const allowed = Number.isFinite(dirtyThreshPages) ? ` of ${dirtyThreshPages} allowed` : '';
  const kswapd = Number.isFinite(wmarks.low)
    ? ` Its kswapd works from ${size(wmarks.low)} MiB down to ${size(wmarks.high)} MiB.`
    : '';
  const limit = Number.isFinite(limitPages) ? `of ${size(limitPages)} MiB` : 'MiB without a limit';
  return `Group ${name}: ${size(usagePages)} ${limit}${soft}, ${dirtyPages} pages dirty${allowed}.${kswapd}`;
}
