import type { TimedInput } from '../abi/scenario.ts';
import { TRACE_ID } from '../abi/tracepoints.ts';
import { ENGINE_KNOBS, sysctlOf } from './knobs.ts';
import type { Kernel } from './machine/kernel.ts';
import { policyOf } from './policies/registry.ts';
import { answersOf, type RunPlan } from './run-plan.ts';
import { dirtyRatioChanged } from './writeback/shares.ts';
import { writebackIntervalChanged } from './writeback/works.ts';

/**
 * A knob takes effect: the value was checked when the input was accepted. `values` are all knobs as they stand, the new one
 * among them.
 */
export function applyInput(k: Kernel, plan: RunPlan, values: RunPlan['knobs'], input: TimedInput): void {
  if (!ENGINE_KNOBS.some((knob) => knob.path === input.path)) k.m.workload[input.path] = input.value;
  Object.assign(k.sysctl, sysctlOf(values));
  Object.assign(k.m.answers, answersOf(plan.kernel, values));
  k.policy = policyOf(k.m.answers);
  if (input.path === 'vm.dirty_ratio') dirtyRatioChanged(k);
  if (input.path === 'vm.dirty_writeback_centisecs') writebackIntervalChanged(k);
  k.trace.emit(
    TRACE_ID.knobTurned,
    k.nowNs,
    0,
    ENGINE_KNOBS.findIndex((knob) => knob.path === input.path),
  );
}
