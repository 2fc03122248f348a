import {
  deviceNumber,
  formatEvent,
  pagesText,
  TRACEPOINTS,
  type Tracepoint,
  type TracepointKey,
} from '../../../abi/tracepoints.ts';
import { SECTOR_BYTES } from '../../../abi/units.ts';
import type { ScriptEvent } from '../../../abi/vmscan-script.ts';
import { comm, rwbs } from '../shared.ts';

/** How a kernel prints its trace. */
export interface Wording {
  /** Of a text with so many events. Its length is the same for any number. */
  readonly header: (entries: number) => readonly string[];
  /** The irq-info column and the blank behind it; empty where there is none. */
  readonly flags: string;
  readonly pidChars: number;
  /** `name: fields`; undefined: the kernel has no such event. */
  readonly text: (event: ScriptEvent) => string | undefined;
}

/** How a kernel words an event that it prints otherwise than the recorder; undefined: it has none. */
export type Words = Partial<Record<TracepointKey, ((event: ScriptEvent) => string) | undefined>>;

export function textIn(words: Words): Wording['text'] {
  return (event) => {
    if (event.key in words) return words[event.key]?.(event);
    return formatEvent(TRACEPOINTS[event.key] as Tracepoint, event.args);
  };
}

/**
 * include/trace/events/block.h: `8,0 W 4096 () 1853440 + 8 [comm]`, and an error in place of the task of one that is complete.
 * 2.6.36 counts bytes of packet commands only.
 */
export function blockWords(countsBytes: boolean): Words {
  const begun = (name: string) => (event: ScriptEvent) => {
    const [disk = 0, sector = 0, sectors = 0, write = 0] = event.args;
    const bytes = countsBytes ? sectors * SECTOR_BYTES : 0;
    const dev = deviceNumber(disk, ',');
    return `${name}: ${dev} ${rwbs(write)} ${bytes} () ${sector} + ${sectors} [${comm(event.task)}]`;
  };
  return {
    blockRqInsert: begun('block_rq_insert'),
    blockRqIssue: begun('block_rq_issue'),
    blockRqComplete: ({ args: [disk = 0, sector = 0, sectors = 0, write = 0] }) =>
      `block_rq_complete: ${deviceNumber(disk, ',')} ${rwbs(write)} () ${sector} + ${sectors} [0]`,
  };
}

/** include/trace/events/writeback.h; `more`: what later kernels print behind. No super block is asked for. */
export function workWords(more: (event: ScriptEvent) => string): Words {
  return {
    writebackExec(event) {
      const [disk = 0, pages = 0, kupdate = 0, cyclic = 0, background = 0] = event.args;
      return (
        `writeback_exec: bdi ${deviceNumber(disk, ':')}: sb_dev 0:0 nr_pages=${pagesText(pages)} sync_mode=0 ` +
        `kupdate=${kupdate} range_cyclic=${cyclic} background=${background}${more(event)}`
      );
    },
    writebackPagesWritten: ({ args: [pages = 0] }) => `writeback_pages_written: ${pages}`,
  };
}

/** Where the kernel has the struct page of a frame on x86-64: vmemmap, and the size of the struct. */
const VMEMMAP = 'ffffea';
export function pagePointer(pfn: number, structBytes: number): string {
  return VMEMMAP + (pfn * structBytes).toString(16).padStart(10, '0');
}
