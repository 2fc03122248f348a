import type { ReadTrace } from '../../abi/trace-table.ts';
import type { TracedInfo } from '../../abi/traced.ts';
import { readAsScript, scriptSummary } from '../../abi/vmscan-script.ts';
import { scriptText } from '../../abi/vmscan-script-text.ts';
import { countedRows } from './counted.ts';
import { isOldWording, oldEvents } from './old-wording.ts';
import { printedRows, printedText } from './printed.ts';
import { readAsModernScript } from './processes.ts';

/** A trace as the kernel's script prints it, and counted fully. A trace in the words of 2.6.36 is read by the script of 2.6.36. */
export function scriptReports(read: ReadTrace): Pick<TracedInfo, 'script' | 'counted'> {
  const counted = countedRows(read.table);
  if (isOldWording(read.table)) {
    const processes = readAsScript(oldEvents(read.table));
    return { script: { text: scriptText(processes), rows: scriptSummary(processes) }, counted };
  }
  const processes = readAsModernScript(read);
  const { direct, kswapd } = printedRows(processes);
  const rows = [...direct, ...kswapd]
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ label, value, unit, definition }) => ({ label, value, unit, definition }));
  return { script: { text: printedText(processes), rows }, counted };
}
