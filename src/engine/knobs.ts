import type { Knob, KnobValues } from '../abi/knob.ts';
import type { Sector } from '../abi/units.ts';
import { filesystemOf } from './fs/registry.ts';
import { DISK_KNOBS } from './knobs/disk.ts';
import { MACHINE_KNOBS } from './knobs/machine.ts';
import { MEMCG_KNOBS } from './knobs/memcg.ts';
import { POLICY_KNOBS } from './knobs/policy.ts';
import { VM_KNOBS } from './knobs/vm.ts';
import { architectureOf } from './machine/architecture.ts';
import type { MachineConfig, Sysctl } from './machine/config.ts';

const CENTISECOND_NS = 1e7;
const MIB_BYTES = 1048576;
const SECTORS_PER_MIB = 2048;
const SECTORS_PER_GIB = 2097152;

/** All knobs but the workload's own. */
export const ENGINE_KNOBS: readonly Knob[] = [
  ...POLICY_KNOBS,
  ...VM_KNOBS,
  ...MEMCG_KNOBS,
  ...MACHINE_KNOBS,
  ...DISK_KNOBS,
];

export function configOf(knobs: KnobValues, memcgs: MachineConfig['memcgs'], memcgFlushers = false): MachineConfig {
  const architecture = architectureOf(String(knobs['machine.arch']));
  const { pageBytes, pageblockOrder, maxOrder } = architecture;
  const pagesPerMib = MIB_BYTES / pageBytes;
  const totalPages = num(knobs, 'machine.memory_mib') * pagesPerMib;
  return {
    pageBytes,
    maxOrder,
    totalPages,
    reservedPages: Math.floor((totalPages * num(knobs, 'machine.reserved_percent')) / 100),
    unmovablePages: Math.floor((totalPages * num(knobs, 'machine.unmovable_percent')) / 100),
    pageblockOrder,
    swapPages: num(knobs, 'machine.swap_mib') * pagesPerMib,
    hz: num(knobs, 'machine.hz'),
    ncpu: num(knobs, 'machine.ncpu'),
    threadSizeBytes:
      knobs['machine.thread_size'] === 'arch' ? architecture.threadSizeBytes : num(knobs, 'machine.thread_size'),
    threadInfoBytes: architecture.threadInfoBytes,
    stopsOnStackOverflow: knobs['machine.stack_overflow'] === 'stop',
    disks: num(knobs, 'disk.count'),
    diskSectors: diskSectorsOf(knobs),
    roomPerPage: filesystemOf(String(knobs['machine.filesystem'])).roomPerPage,
    swapDisk: Math.min(num(knobs, 'machine.swap_disk'), num(knobs, 'disk.count') - 1),
    compaction: knobs['machine.compaction'] === true,
    bdiWarm: knobs['machine.bdi_warm'] === true,
    memcgs,
    memcgFlushers,
  };
}

export function diskSectorsOf(knobs: KnobValues): Sector {
  return num(knobs, 'disk.size_gib') * SECTORS_PER_GIB;
}

export function sysctlOf(knobs: KnobValues): Sysctl {
  const pagesPerMib = MIB_BYTES / architectureOf(String(knobs['machine.arch'])).pageBytes;
  return {
    dirtyRatio: num(knobs, 'vm.dirty_ratio'),
    dirtyBackgroundRatio: num(knobs, 'vm.dirty_background_ratio'),
    dirtyWritebackIntervalNs: num(knobs, 'vm.dirty_writeback_centisecs') * CENTISECOND_NS,
    dirtyExpireIntervalNs: num(knobs, 'vm.dirty_expire_centisecs') * CENTISECOND_NS,
    swappiness: num(knobs, 'vm.swappiness'),
    laptopMode: knobs['vm.laptop_mode'] === true,
    memcgDirtyRatio: num(knobs, 'memcg.dirty_ratio'),
    memcgDirtyBackgroundRatio: num(knobs, 'memcg.dirty_background_ratio'),
    memcgLowWmarkDistance: Math.floor(num(knobs, 'memcg.low_wmark_distance') * pagesPerMib),
    memcgHighWmarkDistance: Math.floor(num(knobs, 'memcg.high_wmark_distance') * pagesPerMib),
    memcgIoWeight: num(knobs, 'memcg.io_weight'),
    historicalBugs: knobs['kernel.historical_bugs'] === true,
    ncqDepth: num(knobs, 'disk.ncq_depth'),
    scheduler: String(knobs['disk.scheduler']),
    trackBuffer: knobs['disk.track_buffer'] === true,
    writeCacheSectors: num(knobs, 'disk.write_cache_mib') * SECTORS_PER_MIB,
  };
}

function num(knobs: KnobValues, path: string): number {
  return Number(knobs[path]);
}
