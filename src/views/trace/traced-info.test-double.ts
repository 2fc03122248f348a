import type { TracedInfo } from '../../abi/traced.ts';

/** A trace with one line that was not understood, and one loss. */
export const INFO: TracedInfo = {
  ref: { name: 'trace.txt', bytes: 3 * 2 ** 20, hash: '0123456789abcdef' },
  reading: {
    name: 'trace.txt',
    format: 'ftrace',
    dialects: ['trace'],
    bytes: 3 * 2 ** 20,
    lines: 1015,
    headerLines: 12,
    eventLines: 1000,
    unparsedLines: 2,
    unparsed: [{ line: 17, text: 'some words', why: 'no event' }],
    lostLines: 1,
    lostExamples: ['CPU:1 [LOST 5 EVENTS]'],
    bufferStartedLines: 0,
    stackLines: 0,
    functionLines: 0,
    footerLines: 0,
    emptyLines: 0,
    timesGoingBack: 0,
    entriesInBuffer: 1000,
    entriesWritten: 1005,
  },
  clock: 'seconds',
  durationNs: 12.5e9,
  remark: '2 lines were left out.',
  absent: { memory: 'Free pages: enable nothing.', cells: 'Pages: enable filemap.', map: 'Pages: enable filemap.' },
  gaps: [{ fromNs: 1e9, toNs: 2e9, cpu: 1, events: 5 }],
  events: [{ label: 'block_rq_issue', value: '9223372036854775807', definition: 'Lines of block_rq_issue.' }],
  sums: [],
  groups: [],
  script: {
    text: '',
    rows: [
      { label: 'Direct reclaims', value: 3, unit: '', definition: 'As the script has it.' },
      { label: 'Time kswapd awake', value: 1.5, unit: 'seconds', definition: 'Its time.' },
    ],
  },
  counted: [
    { label: 'Direct reclaims', value: 4, unit: '', definition: 'All begins.' },
    { label: 'Node reclaims', value: 2, unit: '', definition: 'Not known to the script.' },
  ],
  hasWorkload: false,
};
