import type { KnobValue, KnobValues } from '../../abi/knob.ts';
import { type Pages, SECTOR_BYTES } from '../../abi/units.ts';
import { createSim, type SimState } from '../sim/scheduler.ts';
import { type Bdi, createBdi, type GlobalDirtyLimit } from './bdi.ts';
import { type BlockState, createBlockState } from './block-state.ts';
import { bootMemory } from './boot-memory.ts';
import { Buddy } from './buddy.ts';
import type { MachineConfig, Sysctl } from './config.ts';
import { createHugePages, type HugePages } from './huge-pages.ts';
import { createMemcg, type Memcg } from './memcg.ts';
import { createPageColumns, type PageColumns } from './page-columns.ts';
import { PageTable } from './page-table.ts';
import type { Answers } from './policy.ts';
import type { Proportions } from './proportions.ts';
import { createSpace, type Space, type SpaceSpec } from './space.ts';
import { createSwapMap, type SwapMap } from './swap-map.ts';
import { createVmstat } from './vmstat.ts';
import { createWbs, type Wb } from './wb.ts';
import { createZone, type Zone } from './zone.ts';

/** kswapd's own words with the allocator (R3.33). */
export interface KswapdState {
  /** kswapd_max_order: the largest order asked for since it was last cleared. */
  maxOrder: number;
}

/**
 * All state of a simulated machine: typed arrays and plain objects, nothing else, and no object in two places.
 * A copy of it is a checkpoint, a hash over it names the state (design.md, decision 1).
 */
export interface Machine {
  readonly config: MachineConfig;
  readonly sysctl: Sysctl;
  readonly answers: Answers;
  /** The workload's knobs as they stand now. */
  readonly workload: Record<string, KnobValue>;
  readonly sim: SimState;
  readonly pages: PageColumns;
  readonly zone: Zone;
  readonly spaces: Space[];
  readonly swap: SwapMap;
  readonly memcgs: Memcg[];
  /** A row per disk in each: bdis, the queues, and first in wbs the disks' flushers. */
  readonly bdis: Bdi[];
  readonly wbs: Wb[];
  readonly blocks: BlockState[];
  readonly proportions: Proportions;
  readonly globalDirtyLimit: GlobalDirtyLimit;
  readonly vmstat: Float64Array;
  readonly kswapd: KswapdState;
  readonly huge: HugePages;
  /** zone->compact_considered, compact_defer_shift (R2.8). */
  readonly compaction: { considered: number; deferShift: number };
  /** Somebody holds the zone's OOM lock (R1.11). */
  oomLocked: boolean;
}

export interface MachineSpec {
  readonly config: MachineConfig;
  /** Of the run: places the kernel's objects. */
  readonly seed?: number;
  readonly sysctl: Sysctl;
  readonly answers: Answers;
  readonly workload: KnobValues;
  readonly spaces: readonly SpaceSpec[];
}

/** A machine just booted: the kernel's own frames at the bottom of memory, everything else free. */
export function createMachine({ config, seed = 0, sysctl, answers, workload, spaces }: MachineSpec): Machine {
  const { totalPages, reservedPages, unmovablePages, pageBytes } = config;
  const sectorsPerPage = pageBytes / SECTOR_BYTES;
  const disks = Array.from({ length: config.disks }, (_, disk) => disk);
  const swapStart = config.diskSectors - config.swapPages * sectorsPerPage;
  const pages = createPageColumns(totalPages);
  const zone = createZone(config);
  const table = new PageTable(pages);
  const buddy = new Buddy(zone.buddy, table);
  bootMemory(table, buddy, { reservedPages, unmovablePages, minWatermark: zone.min, seed });
  return {
    config,
    sysctl: { ...sysctl },
    answers: { ...answers },
    workload: { ...workload },
    sim: createSim(),
    pages,
    zone,
    spaces: spaces.map((spec, id) => createSpace(id, spec, roomOf(spec, spaces, config), sectorsPerPage)),
    swap: createSwapMap(config.swapPages, config.swapDisk, swapStart, sectorsPerPage),
    memcgs: [
      createMemcg(0, { name: 'root', limitPages: Infinity }),
      ...config.memcgs.map((memcg, at) => createMemcg(at + 1, memcg)),
    ],
    bdis: disks.map(createBdi),
    wbs: createWbs(disks.length, config.memcgFlushers ? config.memcgs.length + 1 : 1),
    blocks: disks.map((disk) =>
      createBlockState(disk, sectorsPerPage, config.memcgFlushers ? config.memcgs.length + 1 : 0),
    ),
    proportions: { completions: 0, dirties: 0, shift: 0 },
    globalDirtyLimit: { pages: 0, stampJiffies: 0, ratelimitPages: 0 },
    vmstat: createVmstat(),
    kswapd: { maxOrder: 0 },
    huge: createHugePages(),
    compaction: { considered: 0, deferShift: 0 },
    oomLocked: false,
  };
}

/** Blocks that a file's pages may be put on: as many per page as the filesystem wants, up to the next file or the disk's end. */
function roomOf(spec: SpaceSpec, specs: readonly SpaceSpec[], config: MachineConfig): Pages {
  if (config.roomPerPage === 0 || spec.extents.length === 0) return 0;
  const start = spec.extents[0]!.sector;
  const end = specs
    .filter(({ disk = 0 }) => disk === (spec.disk ?? 0))
    .flatMap(({ extents }) => extents.map(({ sector }) => sector))
    .reduce((least, sector) => (sector > start && sector < least ? sector : least), config.diskSectors);
  const left = Math.floor(((end - start) * SECTOR_BYTES) / config.pageBytes);
  return Math.max(spec.sizePages, Math.min(spec.sizePages * config.roomPerPage, left));
}
