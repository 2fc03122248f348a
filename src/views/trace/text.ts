import type { TracedInfo } from '../../abi/traced.ts';
import { gapsText } from '../shared/gaps.ts';
import { tracedSections } from '../shared/traced-sections.ts';

/** "line 17: not an event: …": a line that was left out, as it stands in the file. */
export const unparsedText = ({ line, text, why }: TracedInfo['reading']['unparsed'][number]): string =>
  `line ${line}, ${why}: ${text}`;

/** What is lost and left out, in sentences; empty: nothing is. */
export function lossText({ remark, gaps }: TracedInfo): string {
  return [remark, gapsText(gaps)].filter((text) => text !== '').join(' ');
}

/** What the trace does not tell, a sentence per part; two parts may be missing for the same reason. */
export const absentSentences = ({ absent }: TracedInfo): readonly string[] => [...new Set(Object.values(absent))];

/** All of the page as plain text: tables in columns, then what was left out. */
export function traceText(info: TracedInfo): string {
  const tables = tracedSections(info).map(({ title, readings = ['', ''], note, rows }) => {
    const cells = rows.map(({ label, value, counted = '', verdict = '' }) => [label, value, counted, verdict]);
    const lines = [[title, ...readings, ''], ...cells];
    const wide = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
    const text = ([label = '', value = '', counted = '', verdict = '']: readonly string[]) =>
      `${label.padEnd(wide[0]!)}  ${value.padStart(wide[1]!)}  ${counted.padStart(wide[2]!)}  ${verdict}`.trimEnd();
    return [...lines.map(text), ...(note ? [note] : [])].join('\n');
  });
  const left = info.reading.unparsed.map(unparsedText);
  return [
    ...tables,
    lossText(info),
    ['Left out', ...left].slice(0, left.length === 0 ? 0 : undefined).join('\n'),
    ['Not in this trace', ...absentSentences(info)].join('\n'),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}
