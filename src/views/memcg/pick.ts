import type { MachineFrame } from '../../abi/frame.ts';
import { GROUP_PX, HEAD_PX, rowsOf, ZONE_BAR_PX, zoneShares } from './layout.ts';

/** The group that is drawn at a point, `x` and `y` from the picture's corner in CSS px: its own block, or its part of the zone's list. */
export function groupAt(
  x: number,
  y: number,
  width: number,
  frame: Pick<MachineFrame, 'memcgs' | 'listPages'>,
): string | undefined {
  const rows = rowsOf(frame.memcgs);
  const row = rows[Math.floor(y / GROUP_PX)];
  if (row) return row.memcg.name;
  const down = y - rows.length * GROUP_PX - HEAD_PX;
  if (down < 0 || down >= ZONE_BAR_PX) return undefined;
  const shares = zoneShares(frame);
  let left = (x / width) * shares.reduce((sum, { pages }) => sum + pages, 0);
  for (const { name, pages } of shares) {
    if (left < pages) return name || undefined;
    left -= pages;
  }
  return undefined;
}
