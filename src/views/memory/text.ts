import type { MachineFrame, MemcgFrame, MemoryFrame } from '../../abi/frame.ts';
import { absentText } from '../shared/absent-words.ts';
import { group as grouped, mib, percent } from '../shared/format.ts';

export function dirtyShare({ dirtyPages, writebackPages, dirtyablePages }: MemoryFrame): number {
  return (dirtyPages + writebackPages) / Math.max(dirtyablePages, 1);
}

/** The share, or the pages where it is not known of how many. */
export function dirtyWords(memory: MemoryFrame): string {
  const share = dirtyShare(memory);
  return Number.isNaN(share) ? grouped(memory.dirtyPages) : percent(share);
}

/** Free memory, dirty memory, reclaim and groups; of a trace what it tells of them, and why it does not tell the rest. */
export function memoryText(frame: Pick<MachineFrame, 'memory' | 'memcgs' | 'traced'>): string {
  const { memory, memcgs } = frame;
  return [
    freeText(memory),
    dirtyText(memory),
    scanText(memory),
    absentText(frame, ['memory', 'dirty']),
    ...memcgs.map((group) => groupText(group, memory.pageBytes)),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function freeText({ freePages, watermarks }: MemoryFrame): string {
  if (Number.isNaN(freePages)) return '';
  const { min, low, high } = watermarks;
  if (Number.isNaN(low)) return `${freePages} pages free.`;
  const place =
    freePages < min ? 'below min' : freePages < low ? 'below low' : freePages < high ? 'below high' : 'above high';
  return `${freePages} pages free, ${place} (${min}, ${low}, ${high}).`;
}

function dirtyText({ dirtyPages, writebackPages, dirtyThreshPages }: MemoryFrame): string {
  if (Number.isNaN(dirtyPages)) return '';
  const written = Number.isNaN(writebackPages) ? '' : ` and ${writebackPages} being written`;
  const allowed = Number.isNaN(dirtyThreshPages) ? '' : ` of ${dirtyThreshPages} allowed`;
  return `${dirtyPages} dirty${written}${allowed}.`;
}

function scanText({ priority }: MemoryFrame): string {
  if (Number.isNaN(priority)) return '';
  return priority > 12 ? 'Nobody reclaims.' : `Reclaim went down to priority ${priority}.`;
}

function groupText(group: MemcgFrame, pageBytes: number): string {
  const size = (pages: number) => mib(pages, pageBytes);
  const { name, usagePages, limitPages, softLimitPages, dirtyPages, dirtyThreshPages, wmarks } = group;
  const parts: string[] = [];
  if (!Number.isNaN(usagePages)) {
    const limit = Number.isFinite(limitPages) ? `of ${size(limitPages)} MiB` : 'MiB';
    parts.push(`${size(usagePages)} ${limit}${limitPages === Number.POSITIVE_INFINITY ? ' without a limit' : ''}`);
  }
  if (Number.isFinite(softLimitPages)) parts.push(`soft limit ${size(softLimitPages)} MiB`);
  if (!Number.isNaN(dirtyPages))
    parts.push(
      `${dirtyPages} pages dirty${Number.isFinite(dirtyThreshPages) ? ` of ${dirtyThreshPages} allowed` : ''}`,
    );
  const kswapd = Number.isFinite(wmarks.low)
    ? ` Its kswapd works from ${size(wmarks.low)} MiB down to ${size(wmarks.high)} MiB.`
    : '';
  return `Group ${name}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.${kswapd}`;
}
