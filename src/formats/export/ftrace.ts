import type { TraceWriter } from '../../abi/trace-export.ts';
import type { ScriptEvent } from '../../abi/vmscan-script.ts';
import type { Wording } from './ftrace/shared.ts';
import { comm, secondsMicros } from './shared.ts';

/** What /sys/kernel/debug/tracing/trace of a kernel holds, in its words. Our own events keep their names: its scripts pass over them. */
export function createFtraceWriter(wording: Wording): TraceWriter {
  let entries = 0;
  const head = () => `${wording.header(entries).join('\n')}\n`;
  return {
    begin: head,
    event(event) {
      const text = wording.text(event);
      if (text === undefined) return '';
      entries++;
      return `${lineFront(event, wording)}: ${text}\n`;
    },
    sample: () => '',
    end: () => '',
    mended: head,
  };
}

/** `comm-pid   [000] seconds.micros`, with the irq-info letters of a kernel that prints them; the model has one CPU per task. */
function lineFront({ timeNs, task, pid }: ScriptEvent, { flags, pidChars }: Wording): string {
  return `${comm(task).padStart(16)}-${String(pid).padEnd(pidChars)} [000] ${flags}${secondsMicros(timeNs).padStart(12)}`;
}
