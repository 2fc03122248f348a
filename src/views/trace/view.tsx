import './trace.css';
import type { TracedInfo } from '../../abi/traced.ts';
import { MACHINES } from '../../store/feed.ts';
import { useApp } from '../shared/app-context.ts';
import { CopyButton } from '../shared/copy-button.tsx';
import { groupWords } from '../shared/format.ts';
import { MachineToggle } from '../shared/machine-toggle.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { type TracedSection, tracedName, tracedSections } from '../shared/traced-sections.ts';
import { absentSentences, lossText, traceText, unparsedText } from './text.ts';

/** A trace as a whole: what file it is, what of it was read, what it counts, and what it cannot tell. */
export default function TraceView() {
  const selected = useApp((s) => s.machine);
  const traced = useApp((s) => s.traced);
  const own = MACHINES.filter((id) => traced[id] !== undefined);
  const machine = own.includes(selected) ? selected : own[0];
  const info = machine && traced[machine];
  if (!info) return <p className="note">No machine is a trace.</p>;
  return (
    <div className="trace">
      <div className="trace-head">
        {own.length > 1 ? <MachineToggle /> : <b>{machine}</b>}
        <span className="trace-says">
          {lossText(info) || 'All of its lines were understood, and no event was lost.'}
        </span>
        <CopyButton label="Copy as text" text={() => traceText(info)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to get in */}
      <section className="trace-body" tabIndex={0} aria-label={`Trace of ${machine}`}>
        <div className="trace-columns">
          {tracedSections(info).map((section) => (
            <Facts key={section.id} {...section} />
          ))}
          <Unparsed info={info} />
          <NotInIt info={info} />
        </div>
      </section>
    </div>
  );
}

function Facts({ id, title, readings, note, rows }: TracedSection) {
  const hasVerdict = rows.some(({ verdict }) => verdict !== undefined);
  return (
    <>
      <table data-testid={`trace-${id}`} aria-describedby={note && `trace-${id}-note`}>
        <caption>{title}</caption>
        {readings && (
          <thead>
            <tr>
              <td />
              {readings.map((reading) => (
                <th key={reading} scope="col">
                  {reading}
                </th>
              ))}
              {hasVerdict && <td />}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(({ label, value, counted, verdict }) => (
            <tr key={label}>
              <th scope="row">
                <TermButton of={tracedName(id, label)}>{label}</TermButton>
              </th>
              <td>{groupWords(value)}</td>
              {counted !== undefined && <td>{groupWords(counted)}</td>}
              {verdict !== undefined && <td className="trace-verdict">{verdict}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {note && (
        <p className="trace-note" id={`trace-${id}-note`}>
          {note}
        </p>
      )}
    </>
  );
}

/** Never hidden: what was left out, as it stands in the file. */
function Unparsed({ info: { reading } }: { readonly info: TracedInfo }) {
  if (reading.unparsed.length === 0) return null;
  const more = reading.unparsedLines - reading.unparsed.length;
  return (
    <section className="trace-words" aria-label="Lines left out">
      <h3>Left out</h3>
      <ul>
        {reading.unparsed.map((line) => (
          <li key={line.line}>{unparsedText(line)}</li>
        ))}
      </ul>
      {more > 0 && <p>and {more} more</p>}
    </section>
  );
}

function NotInIt({ info }: { readonly info: TracedInfo }) {
  const open = useApp((s) => s.openDefinition);
  const sentences = absentSentences(info);
  if (sentences.length === 0) return null;
  return (
    <section className="trace-words" aria-label="Not in this trace">
      <h3>Not in this trace</h3>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <button type="button" className="boxed" onClick={() => open('record')}>
        How to record it
      </button>
    </section>
  );
}
