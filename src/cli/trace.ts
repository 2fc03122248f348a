import { refuse, say } from './answer.ts';
import { readTraceFile } from './trace/input.ts';
import { asJson } from './trace/json.ts';
import { readTraceOptions, TRACE_USAGE } from './trace/options.ts';
import { reportOf } from './trace/report.ts';
import { asText } from './trace/text.ts';

/** Counts, sums and the post-processing table of a real kernel's trace; exit 0, or 2 with one sentence for bad input. */
async function main(args: readonly string[]): Promise<number> {
  const options = readTraceOptions(args);
  if (!options.ok) return refuse(options.error);
  if (options.value.help) return say(TRACE_USAGE);
  const { file, format } = options.value;
  const read = await readTraceFile(file);
  if (!read.ok) return refuse(read.error);
  const report = reportOf(file, read.value);
  return say(format === 'json' ? asJson(report) : asText(report));
}

process.exitCode = await main(process.argv.slice(2));
