import type { CreateTraceWriter, ExportFormatId, TraceWriter } from '../../abi/trace-export.ts';
import { createBlkparseWriter } from './blkparse.ts';
import { createChromeWriter } from './chrome.ts';
import { v2636 } from './ftrace/v2.6.36.ts';
import { v32 } from './ftrace/v3.2.ts';
import { v61 } from './ftrace/v6.1.ts';
import { createFtraceWriter } from './ftrace.ts';
import { createStallWriter } from './stalls.ts';
import { createVmstatWriter } from './vmstat.ts';

/** How each of EXPORT_FORMATS is written. */
const WRITERS: Readonly<Record<ExportFormatId, () => TraceWriter>> = {
  ftrace: () => createFtraceWriter(v2636),
  'ftrace-3.2': () => createFtraceWriter(v32),
  'ftrace-6.1': () => createFtraceWriter(v61),
  blkparse: createBlkparseWriter,
  chrome: createChromeWriter,
  stalls: createStallWriter,
  'vmstat-before': () => createVmstatWriter('before'),
  'vmstat-after': () => createVmstatWriter('after'),
};

export const createTraceWriter: CreateTraceWriter = (id) => WRITERS[id]();
