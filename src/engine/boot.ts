import type { Recording } from '../abi/recording.ts';
import { deviceNumber } from '../abi/tracepoints.ts';
import type { Bytes } from '../abi/units.ts';
import { onDiskEvent } from './block/disk-events.ts';
import { DISKS } from './block/disks/registry.ts';
import { elevatorSockets } from './block/elevators/registry.ts';
import { blockSockets } from './block/sockets.ts';
import { filesystemOf, fsSocketsOf } from './fs/registry.ts';
import { configOf, diskSectorsOf, sysctlOf } from './knobs.ts';
import { architectureOf } from './machine/architecture.ts';
import type { DeviceDriver } from './machine/disk.ts';
import type { Instruments } from './machine/instruments.ts';
import { type Beside, Kernel } from './machine/kernel.ts';
import { KERNEL_FUNCTIONS } from './machine/kernel-function.ts';
import { createMachine, type Machine } from './machine/machine.ts';
import { packTouches } from './machine/mmu.ts';
import type { Sockets } from './machine/sockets.ts';
import { SPACE_FILE, type SpaceSpec } from './machine/space.ts';
import { startAnywhere } from './machine/swap-map.ts';
import {
  createTask,
  FLUSHER,
  KSWAPD,
  PF_KSWAPD,
  PF_MEMALLOC,
  PF_SWAPWRITE,
  readaheadOf,
  TASK,
} from './machine/task.ts';
import type { Wb } from './machine/wb.ts';
import { inMachinePages, type TaskPlan } from './machine/workload.ts';
import { mmSockets } from './mm/sockets.ts';
import { policyOf } from './policies/registry.ts';
import { createKswapdFrame, kswapdMain } from './reclaim/kswapd.ts';
import { createMemcgKswapdFrame, memcgKswapdMain } from './reclaim/memcg-kswapd.ts';
import { reclaimSockets } from './reclaim/sockets.ts';
import { answersOf, type RunPlan } from './run-plan.ts';
import { enter, link } from './sim/kthread.ts';
import { below, createPrng } from './sim/prng.ts';
import { Scheduler } from './sim/scheduler.ts';
import { Recorder } from './trace/recorder.ts';
import { enterFlusher } from './writeback/flusher.ts';
import { initWriteback } from './writeback/init.ts';
import { writebackSockets } from './writeback/sockets.ts';

/** The rooms, plugged together; rooms are complete only if this type-checks. */
const socketsOf = (filesystem: string): Sockets => ({
  ...mmSockets,
  ...reclaimSockets,
  ...writebackSockets,
  ...fsSocketsOf(filesystemOf(filesystem)),
  ...blockSockets,
  ...elevatorSockets,
});
const FUNCTIONS = link(KERNEL_FUNCTIONS);
/** The machine's own stream of chance; tasks have those from 1 on. */
const SWAP_STREAM = 0;
/** From here on, one per task: how deep its callers are. */
const CALLERS_STREAM = 0x63616c6c;

/** What stands beside a machine's record: made once per run. */
export function besideOf(plan: RunPlan, recording: Recording | undefined, instruments: Instruments = {}): Beside {
  const beside = {
    ...instruments,
    call: socketsOf(String(plan.knobs['machine.filesystem'])),
    policy: policyOf(answersOf(plan.kernel, plan.knobs)),
    devices: devicesOf(plan.knobs),
    trace: new Recorder(1 << 17),
  };
  if (recording === undefined) return beside;
  return plan.workload.playsTouches
    ? {
        ...beside,
        recording,
        touches: packTouches(recording, architectureOf(String(plan.knobs['machine.arch'])).pageBytes),
      }
    : { ...beside, recording };
}

/** A driver per disk: the first one's, then that of all others. */
function devicesOf(knobs: RunPlan['knobs']): DeviceDriver[] {
  const first = DISKS.find(({ id }) => id === knobs['disk.model']) ?? DISKS[0]!;
  const others = DISKS.find(({ id }) => id === knobs['disk.more_model']) ?? first;
  return [first, others, others, others].slice(0, Number(knobs['disk.count'] ?? 1));
}

/** The workload's files on the disks; what it places itself stays there. */
function placed(spaces: readonly SpaceSpec[], knobs: RunPlan['knobs']): SpaceSpec[] {
  const disks = knobs['disk.files'] === 'in-turn' ? Number(knobs['disk.count']) : 1;
  let files = 0;
  return spaces.map((spec) => (spec.kind === SPACE_FILE ? { disk: files++ % disks, ...spec } : spec));
}

/** The kernel object around a record: at boot, and again after every restore. */
export function kernelAround(m: Machine, beside: Beside): Kernel {
  const k = new Kernel(m, new Scheduler<Kernel>(m.sim, FUNCTIONS, onDiskEvent), beside);
  k.policy = policyOf(m.answers);
  return k;
}

/** A machine just switched on: its tasks are about to take their first step. kswapd is thread 0, then come the flushers. */
export function bootMachine(plan: RunPlan, seed: number, beside: Beside): Kernel {
  const { knobs } = plan;
  const { recording } = beside;
  const { pageBytes } = architectureOf(String(knobs['machine.arch']));
  const request = { knobs, seed, diskSectors: diskSectorsOf(knobs), pageBytes };
  const planned = plan.workload.plan(recording === undefined ? request : { ...request, recording });
  const workload = inMachinePages(planned, pageBytes);
  const m = createMachine({
    config: configOf(knobs, workload.memcgs, policyOf(answersOf(plan.kernel, knobs)).memcgCleaner.hasFlusher),
    seed,
    sysctl: sysctlOf(knobs),
    answers: answersOf(plan.kernel, knobs),
    workload: Object.fromEntries(plan.workload.knobs.map((knob) => [knob.path, knobs[knob.path]!])),
    spaces: placed(workload.spaces, knobs),
  });
  const k = kernelAround(m, beside);
  initWriteback(k);
  const kswapd = createTask(0, KSWAPD, 'kswapd0', 'K');
  kswapd.flags = PF_MEMALLOC | PF_SWAPWRITE | PF_KSWAPD;
  enter(kswapd, kswapdMain, createKswapdFrame());
  k.sched.start(kswapd);
  if (k.devices[m.swap.disk]!.nonrot) startAnywhere(m.swap, createPrng(seed, SWAP_STREAM));
  for (const wb of m.wbs) startFlusher(k, wb);
  for (const task of workload.tasks)
    startTask(k, m.sim.threads.length, task, callerBytesOf(task, m.sim.threads.length, knobs, seed));
  if (k.policy.memcgCleaner.hasKswapd) startMemcgKswapds(k);
  return k;
}

function startMemcgKswapds(k: Kernel): void {
  for (const { id } of k.m.memcgs.slice(1)) {
    const t = createTask(k.m.sim.threads.length, KSWAPD, `memcg_${id}`, 'k');
    t.flags = PF_SWAPWRITE | PF_KSWAPD;
    t.memcg = id;
    enter(t, memcgKswapdMain, createMemcgKswapdFrame());
    k.sched.start(t);
  }
}

function startFlusher(k: Kernel, wb: Wb): void {
  const t = createTask(
    k.m.sim.threads.length,
    FLUSHER,
    `flush-${deviceNumber(wb.disk, ':')}${wb.memcg === 0 ? '' : `:${k.m.memcgs[wb.memcg]!.name}`}`,
    wb.id === 0 ? 'F' : `F${wb.id + 1}`,
  );
  enterFlusher(t, wb.id);
  k.sched.start(t);
}

function startTask(k: Kernel, id: number, plan: TaskPlan, callerBytes: Bytes): void {
  const t = createTask(id, TASK, plan.name, plan.letter);
  t.callerBytes = callerBytes;
  t.memcg = plan.memcg === undefined ? 0 : plan.memcg + 1;
  t.mm = plan.mm ?? -1;
  t.totalVmPages = plan.totalVmPages;
  for (const space of plan.random ?? []) readaheadOf(t, space).random = true;
  enter(t, plan.program, plan.frame as never);
  k.sched.start(t);
}

/** Kernel stack in use below what is modelled: nothing where the frames are known to the first, else model.md §11.4's 2 to 5 KiB. */
function callerBytesOf(plan: TaskPlan, id: number, knobs: RunPlan['knobs'], seed: number): Bytes {
  if (plan.hasKnownCallers) return 0;
  const chosen = Number(knobs['machine.caller_stack']);
  return chosen > 0 ? chosen : 2048 + 16 * below(createPrng(seed, CALLERS_STREAM + id), 193);
}
