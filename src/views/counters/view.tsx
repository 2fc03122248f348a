import '../shared/controls.css';
import './counters.css';
import { useState } from 'react';
import { SAMPLED } from '../../abi/counters.ts';
import type { Ns } from '../../abi/units.ts';
import { useParts, useTwin } from '../shared/app-context.ts';
import { Spoken } from '../shared/spoken.tsx';
import { useRange } from '../shared/use-range.ts';
import { Charts } from './charts.tsx';
import { CounterTable } from './table.tsx';
import { readings } from './text.ts';

const EVERY_MS = 250;
const AT_FIRST = ['nr_dirty', 'nr_writeback', 'allocstall'];

/** Counters over the run, by the names that /proc/vmstat has for them; one chart each, on one axis of time. */
export default function CountersView() {
  const { history } = useParts();
  const twin = useTwin(EVERY_MS);
  const range = useRange();
  const [names, setNames] = useState<readonly string[]>(AT_FIRST);
  const [isRate, setRate] = useState(false);
  const [isTable, setTable] = useState(false);
  const [atNs, setAt] = useState<Ns | undefined>();
  const toggle = (name: string) =>
    setNames(
      SAMPLED.map((one) => one.name).filter((one) => (one === name ? !names.includes(one) : names.includes(one))),
    );
  const readNs = atNs ?? twin?.atNs ?? 0;
  return (
    <div className="counters">
      <div className="counters-side">
        <div className="counters-head">
          <button type="button" className="toggle" aria-pressed={isRate} onClick={() => setRate(!isRate)}>
            Per second
          </button>
          <button type="button" className="toggle" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
            Table
          </button>
        </div>
        <fieldset className="counters-list">
          <legend className="spoken">Counters shown</legend>
          {SAMPLED.map(({ name }) => (
            <label key={name}>
              <input type="checkbox" checked={names.includes(name)} onChange={() => toggle(name)} />
              <code>{name}</code>
            </label>
          ))}
        </fieldset>
      </div>
      {isTable ? (
        <CounterTable history={history} names={names} range={range} isRate={isRate} />
      ) : (
        <Charts names={names} isRate={isRate} readNs={readNs} pointedNs={atNs} onPoint={setAt} />
      )}
      <Spoken text={names.map((name) => `${name}: ${readings(history, name, readNs, isRate)}.`).join(' ')} />
    </div>
  );
}
