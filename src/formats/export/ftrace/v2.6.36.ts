import { writebackFlagsText } from '../../../abi/trace-flags.ts';
import {
  formatEvent,
  LATER_FIELDS,
  LATER_POINTS,
  TRACEPOINTS,
  type Tracepoint,
  type TracepointKey,
} from '../../../abi/tracepoints.ts';
import { blockWords, pagePointer, textIn, type Wording, type Words, workWords } from './shared.ts';

const STRUCT_PAGE_BYTES = 56;

/** Those with a field that only later kernels print. */
const WITHOUT_LATER: Words = Object.fromEntries(
  Object.entries(LATER_FIELDS).map(([key, later]) => {
    const { name, doc, fields } = TRACEPOINTS[key as TracepointKey] as Tracepoint;
    const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => field !== later));
    const point: Tracepoint = { name, doc, fields: kept };
    return [key, ({ args }) => formatEvent(point, args)] as const;
  }),
);

/** What 2.6.36 and 3.2 have alike. */
export const OLD_HEADER: Wording['header'] = () => [
  '# tracer: nop',
  '#',
  '#           TASK-PID    CPU#    TIMESTAMP  FUNCTION',
  '#              | |       |          |         |',
];
export const OLD_WORDS: Words = {
  ...WITHOUT_LATER,
  ...blockWords(false),
  ...workWords(() => ''),
  writepage: ({ args: [, pfn = 0, flags = 0] }) =>
    `mm_vmscan_writepage: page=${pagePointer(pfn, STRUCT_PAGE_BYTES)} pfn=${pfn} flags=${writebackFlagsText(flags)}`,
};

/** history.md §6.1, include/trace/events/vmscan.h and block.h of 2.6.36. No irq-info column: it came with 3.3. */
export const v2636: Wording = {
  header: OLD_HEADER,
  flags: '',
  pidChars: 5,
  text: textIn({ ...OLD_WORDS, ...Object.fromEntries(LATER_POINTS.map((key) => [key, undefined])) }),
};
