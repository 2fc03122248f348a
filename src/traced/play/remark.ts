import type { ReadTrace } from '../../abi/trace-table.ts';

/** What is to be said of how a trace was read, lost events apart, which are stretches of time of their own; empty: nothing. */
export function remarkOf({ table, reading }: ReadTrace): string {
  const { unparsedLines, unparsed, timesGoingBack } = reading;
  const [first] = unparsed;
  const lines = unparsedLines === 1 ? '1 line was' : `${unparsedLines} lines were`;
  return [
    unparsedLines > 0 && `${lines} left out${first ? `, the first is line ${first.line} (${first.why})` : ''}`,
    table.clock === 'count' && 'its clock counts no seconds, so its events are shown a millisecond apart',
    table.clock === 'none' && 'it has no times, so its events are shown a millisecond apart',
    timesGoingBack > 0 && `its times go back ${timesGoingBack === 1 ? 'once' : `${timesGoingBack} times`}`,
  ]
    .filter((part) => part !== false)
    .map((part, nth) => (nth === 0 ? part[0]!.toUpperCase() + part.slice(1) : part))
    .join('; ')
    .replace(/(?<=.)$/, '.');
}
