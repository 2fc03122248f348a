import type { MachineFrame } from '../../abi/frame.ts';
import type { Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { type Bar, barsOf, DISK_PX, disksOf, HEAD_PX, PICTURE_PX } from './layout.ts';

/** A thin request is met from this far beside it. */
const REACH_PX = 4;

/** The request that is drawn at a point, `x` and `y` from the picture's corner in CSS px; of several the nearest, then the one drawn on top. */
export function requestAt(
  x: number,
  y: number,
  width: number,
  frame: Pick<MachineFrame, 'disk' | 'moreDisks' | 'nowNs'>,
  machine: MachineId,
): (Thing & { kind: 'request' }) | undefined {
  const row = Math.floor(y / DISK_PX);
  const down = y - row * DISK_PX - HEAD_PX;
  const disk = disksOf(frame)[row];
  if (!disk || down < 0 || down >= PICTURE_PX) return undefined;
  let nearest: Bar | undefined;
  let least = REACH_PX;
  for (const bar of barsOf(disk, frame.nowNs, width)) {
    const away = Math.max(bar.x - x, x - bar.x - bar.wide, 0);
    if (away > least) continue;
    least = away;
    nearest = bar;
  }
  return nearest && thingOf(nearest, row, machine);
}

export const thingOf = (
  { sector, sectors, startNs }: Pick<Bar, 'sector' | 'sectors' | 'startNs'>,
  disk: number,
  machine: MachineId,
): Thing & { kind: 'request' } => ({ kind: 'request', machine, disk, sector, sectors, startNs });
