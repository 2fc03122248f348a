import type { Ns } from '../../abi/units.ts';
import { goto, type Next } from '../sim/kthread.ts';
import { jiffiesToNs } from './config.ts';
import type { Kernel } from './kernel.ts';
import { CONGESTION_WAIT, type Nap, WAIT_IFF_CONGESTED } from './policy/reclaim-naps.ts';
import type { Task } from './task.ts';
import { ASYNC, WAIT_CONGESTION } from './waits.ts';

/**
 * congestion_wait(BLK_RW_ASYNC, HZ / divisor): sleeps on the one queue of the class, until the next request of that class
 * is freed while the pool is uncongested, or the timeout (R3.35). Not "until uncongested", and not a plain nap (N6).
 */
export function congestionWait(k: Kernel, t: Task, divisor: number, step: number): Next {
  return k.sched.sleep(t, WAIT_CONGESTION, ASYNC, napNs(k, divisor), step);
}

/** wait_iff_congested(): as above, if it is a disk, any disk, that holds reclaim up; else the caller goes on (§9.1). */
export function waitIffCongested(k: Kernel, t: Task, divisor: number, step: number): Next {
  const isHeldUp = k.zone.congested && k.m.bdis.some((bdi) => bdi.congested[ASYNC]);
  return isHeldUp ? congestionWait(k, t, divisor, step) : goto(t, step);
}

/** The nap that a policy answers with. */
export function nap(k: Kernel, t: Task, kind: Nap, divisor: number, step: number): Next {
  if (kind === CONGESTION_WAIT) return congestionWait(k, t, divisor, step);
  return kind === WAIT_IFF_CONGESTED ? waitIffCongested(k, t, divisor, step) : goto(t, step);
}

/** HZ / divisor as virtual time, whole jiffies. */
export function napNs(k: Kernel, divisor: number): Ns {
  const { hz } = k.m.config;
  return jiffiesToNs(Math.floor(hz / divisor), hz);
}
/** HZ/10 and HZ/50. */
export const NAP_100MS = 10;
export const NAP_20MS = 50;

/** clear_bdi_congested(): called for every request freed below the off mark, on any disk (R3.35). */
export function clearBdiCongested(k: Kernel, disk: number, cls: number): void {
  k.m.bdis[disk]!.congested[cls] = false;
  k.sched.wakeAll(WAIT_CONGESTION, cls);
}
