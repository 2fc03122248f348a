import { TRACE_ID } from '../../abi/tracepoints.ts';
import type { Kernel } from '../machine/kernel.ts';
import type { Task } from '../machine/task.ts';
import { VM } from '../machine/vmstat.ts';

// A writer's whole stay in balance_dirty_pages(), as the trace has it; throttled_s counts what it sleeps there.

export function traceHeld(k: Kernel, t: Task): void {
  k.trace.emit(TRACE_ID.balanceDirtyBegin, k.nowNs, t.id, k.vm[VM.nr_file_dirty], k.vm[VM.nr_writeback]);
}

export function traceLetGo(k: Kernel, t: Task): void {
  k.trace.emit(TRACE_ID.balanceDirtyEnd, k.nowNs, t.id, k.vm[VM.nr_file_dirty], k.vm[VM.nr_writeback]);
}
