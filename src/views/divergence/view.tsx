import './divergence.css';
import { useMemo } from 'react';
import type { Parting, PartingSide } from '../../abi/divergence.ts';
import { ActorMark } from '../shared/actor-mark.tsx';
import { useApp, useParts } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import { LabProgress } from '../shared/lab-progress.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { divergenceText, partingText, preciseSeconds, stackText } from './text.ts';

/** The first thing that A and B do differently: both run again, compared state by state. */
export default function DivergenceView() {
  const scenario = useApp((s) => s.scenario);
  const ask = useMemo(() => (scenario ? { scenario, untilNs: scenario.untilS * 1e9 } : undefined), [scenario]);
  const { answer, ask: answered, error, isBusy, done } = useAnswer('divergence', ask);
  const found = answered?.scenario === scenario ? answer : undefined;
  return (
    <div className="divergence">
      {(isBusy || error) && <LabProgress isBusy={isBusy} done={done} says={error ?? ''} />}
      {found && <p className="divergence-says">{found.at ? partingText(found.at) : divergenceText(found)}</p>}
      {found?.at && <Sides parting={found.at} />}
    </div>
  );
}

const ROWS: readonly { readonly label: string; readonly of: (side: PartingSide) => React.ReactNode }[] = [
  {
    label: 'thread',
    of: ({ by }) => (
      <>
        <ActorMark actor={by.actor} />
        {by.letter} {by.name}
      </>
    ),
  },
  { label: 'function, step', of: ({ fn, step }) => <code>{step ? `${fn}, ${step}` : fn}</code> },
  {
    label: 'what it does',
    of: ({ did, rule }) => (
      <>
        <b>{did}</b> <small>{rule}</small>
      </>
    ),
  },
  { label: 'called by', of: (side) => <code>{stackText(side)}</code> },
  { label: 'trace', of: ({ trace }) => trace.map((line) => <code key={line}>{line}</code>) },
];

/** What either does, side by side. */
function Sides({ parting }: { readonly parting: Parting }) {
  const { driver } = useParts();
  const pin = useApp((s) => s.pin);
  const { atNs, page, counters, A, B } = parting;
  return (
    <>
      <p className="divergence-ways">
        <button
          type="button"
          className="boxed"
          onClick={() => {
            driver.pause();
            driver.seek({ atNs });
          }}
        >
          Go to {preciseSeconds(atNs)} s
        </button>
        {page && (
          <button type="button" className="boxed" onClick={() => pin({ kind: 'page', ...page })}>
            Show page {group(page.index)} of {page.file}
          </button>
        )}
      </p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ label, of }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{of(A)}</td>
              <td>{of(B)}</td>
            </tr>
          ))}
          {counters.map(({ name, a, b }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td className="number">{group(a)}</td>
              <td className="number">{group(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
