import type { DiskFrame, MachineFrame } from '../../abi/frame.ts';
import { group, short } from '../shared/format.ts';
import type { Term } from '../shared/term.ts';
import { disksOf, oldestNs } from './layout.ts';
import { ageWords, meanKib } from './text.ts';

/** One line per disk. */
const perDisk =
  (read: (disk: DiskFrame, frame: MachineFrame) => string): Term['of'] =>
  (frame) =>
    disksOf(frame).map((disk) => `${disk.name}: ${read(disk, frame)}`);

const poolTerm = (cls: 'sync' | 'async', what: string): Term => ({
  name: `queue:${cls}`,
  label: `Lent ${cls} requests`,
  definition: `${what} A pool of the disk lends them: 113 make the class congested, and only fewer than 103 end that and every nap in congestion_wait(). At 128 the pool is full: the task that got there may take 32 more within 20 ms, the others sleep in get_request_wait(). Nobody gets more than 192. Those in the drive count as well as those that wait.`,
  source: 'block/blk-core.c:get_request, freed_request, ioc_batching',
  rule: 'R7.5, R3.35',
  of: perDisk(({ lent, congested }) =>
    Number.isNaN(lent[cls]) ? 'not in this trace' : `${lent[cls]}${congested[cls] ? ', congested' : ''}`,
  ),
});

/** What the numbers of this view are. */
export const TERMS: readonly Term[] = [
  {
    name: 'queue:waiting',
    label: 'Waiting requests',
    definition:
      'Requests in the elevator: they can be merged and sorted, and the drive does not know of them. From left to right by sector, as wide as they have sectors; stretches without requests are drawn shorter. Writes are solid, reads hollow, letters say whose thread submitted. The framed one is in the drive.',
    source: 'block/elevator.c:elv_insert, elv_dispatch_sort',
    rule: 'R7.4',
    of: perDisk(({ queueSector, inDrive }) => `${queueSector.length} wait, ${inDrive.length} in the drive`),
  },
  {
    name: 'queue:oldest',
    label: 'Age of the oldest',
    definition:
      'Time since the first bio of a request came to the queue; bios that joined it later do not make it younger. Heights are ages, and the oldest is as tall as the row. The deadline elevator lets no write wait for more than 5 s and no read for more than 500 ms while it goes through the sectors, and looks between batches of 16 only.',
    source: 'block/deadline-iosched.c:deadline_check_fifo',
    rule: 'R7.7',
    of: perDisk((disk, { nowNs }) =>
      disk.queueSector.length === 0 ? 'nothing waits' : ageWords(oldestNs(disk, nowNs)),
    ),
  },
  {
    name: 'queue:size',
    label: 'Mean size of what waits',
    definition:
      'KiB of the waiting requests, divided by their number. Bios merge into a request that ends or begins where they lie, up to 512 KiB: a range becomes one request where single pages become many.',
    source: 'block/blk-core.c:__make_request, elv_merge',
    rule: 'R7.1',
    of: perDisk((disk) => `${short(Number(meanKib(disk).toFixed(1)))} KiB, ${group(disk.queueSector.length)} requests`),
  },
  poolTerm('async', 'Writes that nobody waits for: all of the page cache and of swap.'),
  poolTerm('sync', 'Reads, and writes that somebody waits for.'),
];
