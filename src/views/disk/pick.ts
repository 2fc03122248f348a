import type { Thing } from '../../abi/look.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { type Box, type Lit, outline } from '../shared/lit.ts';
import { rowOf } from '../shared/thing-words.ts';
import { timeAxis } from '../shared/time-axis.ts';
import type { CssSize } from '../shared/use-canvas.ts';
import { bandsOf, type DiskScene, queuedBox, requestBox, scaleOf } from './draw.ts';

type Scene = Pick<DiskScene, 'disks' | 'requests' | 'pageBytes' | 'atNs' | 'windowNs'>;
type RequestThing = Thing & { kind: 'request' };

/** Requests are thin: one is meant from this far away, the nearest counts. */
const REACH_PX = 4;

/** The finished request or the queued one at a point of the picture. */
export function requestAt(
  x: number,
  y: number,
  size: CssSize,
  scene: Scene,
  machine: MachineId,
): RequestThing | undefined {
  const bands = bandsOf(size, scene);
  const at = bands.findIndex(({ top, high }) => y >= top && y < top + high);
  const band = bands[at];
  const disk = scene.disks[at];
  if (!band || !disk) return undefined;
  const scale = scaleOf(disk, band.high);
  let nearest: RequestThing | undefined;
  let reach = REACH_PX;
  const offer = (box: Box, thing: RequestThing) => {
    const away = distance(box, x, y - band.top);
    if (away >= reach) return;
    reach = away;
    nearest = thing;
  };
  if (x >= band.plot) {
    for (let i = 0; i < disk.queueSector.length; i++)
      offer(queuedBox(disk, i, band.bar, scale), {
        kind: 'request',
        machine,
        disk: at,
        sector: disk.queueSector[i]!,
        sectors: disk.queueSectors[i]!,
        startNs: -1,
      });
    return nearest;
  }
  const { xOf } = timeAxis(scene.atNs, scene.windowNs, band.plot);
  for (const row of shownRows(scene))
    if (scene.requests.columns.disk[row] === at)
      offer(requestBox(scene.requests, row, xOf, scale, scene.pageBytes), thingOf(scene, row, machine));
  return nearest;
}

/** How many finished requests are in the picture. */
export const countShown = (scene: Scene): number => shownRows(scene).length;

/** Step 0 is the newest that is in the picture. */
export function requestBack(step: number, scene: Scene, machine: MachineId): RequestThing | undefined {
  const row = shownRows(scene)[step];
  return row === undefined ? undefined : thingOf(scene, row, machine);
}

/** Rows in the picture, the newest first. */
function shownRows({ requests, atNs, windowNs }: Scene): readonly number[] {
  const first = requests.endedBy(atNs - windowNs);
  const last = requests.endedBy(atNs);
  return Array.from({ length: last - first }, (_, i) => last - 1 - i);
}

function thingOf({ requests: { columns } }: Scene, row: number, machine: MachineId): RequestThing {
  return {
    kind: 'request',
    machine,
    disk: columns.disk[row]!,
    sector: columns.sector[row]!,
    sectors: columns.sectors[row]!,
    startNs: columns.startNs[row]!,
  };
}

function distance({ x, y, wide, tall }: Box, px: number, py: number): number {
  return Math.hypot(Math.max(x - px, 0, px - x - wide), Math.max(y - py, 0, py - y - tall));
}

/** A lit request is framed where it was served or waits; of a lit thread all that wait. */
export function markDisk(
  ctx: CanvasRenderingContext2D,
  size: CssSize,
  scene: Scene & Pick<DiskScene, 'palette'>,
  lit: readonly Lit[],
  machine: MachineId,
): void {
  bandsOf(size, scene).forEach(({ top, high, plot, bar }, at) => {
    const disk = scene.disks[at]!;
    const scale = scaleOf(disk, high);
    const { xOf } = timeAxis(scene.atNs, scene.windowNs, plot);
    const frame = (box: Box, isPinned: boolean) => outline(ctx, { ...box, y: box.y + top }, scene.palette, isPinned);
    for (const { thing, isPinned } of lit) {
      for (let i = 0; i < disk.queueSector.length; i++)
        if (waits(thing, machine, at, disk.queueSector[i]!, disk.queueTask[i]!))
          frame(queuedBox(disk, i, bar, scale), isPinned);
      if (thing.kind !== 'request' || thing.machine !== machine || thing.disk !== at || thing.startNs < 0) continue;
      const row = rowOf(thing, scene.requests.columns, scene.requests.endedBy(scene.atNs));
      if (row < 0) continue;
      const box = requestBox(scene.requests, row, xOf, scale, scene.pageBytes);
      if (box.x + box.wide >= 0) frame(box, isPinned);
    }
  });
}

function waits(thing: Thing, machine: MachineId, disk: number, sector: number, task: number): boolean {
  if (thing.kind === 'task') return thing.id === task;
  if (thing.kind !== 'request' || thing.machine !== machine) return false;
  return thing.disk === disk && thing.startNs < 0 && thing.sector === sector;
}
