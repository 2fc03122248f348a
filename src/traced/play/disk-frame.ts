import type { DiskFrame, DriveRequest } from '../../abi/frame.ts';
import type { Sector } from '../../abi/units.ts';
import type { TraceIndex } from './index-of.ts';
import type { QueueState } from './queue-state.ts';

/** A disk is at least as large as what was asked of it: up to here, in whole GiB. */
const SECTORS_PER_GIB = 2 ** 21;

/** Every disk as it stands; one without requests where the trace has no block events. */
export function disksAt(index: TraceIndex, queues: QueueState): DiskFrame[] {
  const { disks } = index.block;
  return disks.length === 0 ? [noDisk()] : disks.map((name, disk) => diskAt(index, queues, name, disk));
}

function diskAt(index: TraceIndex, queues: QueueState, name: string, disk: number): DiskFrame {
  const { requests, reach, touched } = index.block;
  const { disk: of, sector, sectors, write, queuedNs, startNs, person } = requests;
  const mine = (ids: Iterable<number>) => [...ids].filter((id) => of[id] === disk);
  const queued = mine(queues.queued).sort((a, b) => sector[a]! - sector[b]!);
  const taskOf = (id: number) => index.cast.actorOf[person[id]!]!;
  const inDrive = mine(queues.inDrive).map(
    (id): DriveRequest => ({
      sector: sector[id]!,
      sectors: sectors[id]!,
      isWrite: write[id] === 1,
      queuedNs: Number.isNaN(queuedNs[id]!) ? startNs[id]! : queuedNs[id]!,
      startNs: startNs[id]!,
      task: taskOf(id),
    }),
  );
  return {
    name: name.replace(',', ':'),
    model: '',
    nonrot: false,
    totalSectors: roundedUp(reach[disk]!),
    headSector: queues.headOf(disk),
    busy: inDrive.length > 0,
    inDrive,
    cachedSectors: Number.NaN,
    queueSector: Float64Array.from(queued, (id) => sector[id]!),
    queueSectors: Int32Array.from(queued, (id) => sectors[id]!),
    queueWrite: Uint8Array.from(queued, (id) => write[id]!),
    queueNs: Float64Array.from(queued, (id) => queuedNs[id]!),
    queueTask: Int16Array.from(queued, taskOf),
    lent: { sync: Number.NaN, async: Number.NaN },
    congested: { sync: false, async: false },
    files: touched[disk]!,
  };
}

const roundedUp = (sectors: Sector): Sector => Math.max(1, Math.ceil(sectors / SECTORS_PER_GIB)) * SECTORS_PER_GIB;

/** Made anew each time: its columns are handed over with the frame. */
const noDisk = (): DiskFrame => ({
  name: 'none',
  model: '',
  nonrot: false,
  totalSectors: Number.NaN,
  headSector: Number.NaN,
  busy: false,
  inDrive: [],
  cachedSectors: Number.NaN,
  queueSector: new Float64Array(0),
  queueSectors: new Int32Array(0),
  queueWrite: new Uint8Array(0),
  queueNs: new Float64Array(0),
  queueTask: new Int16Array(0),
  lent: { sync: Number.NaN, async: Number.NaN },
  congested: { sync: false, async: false },
  files: [],
});
