import '../shared/controls.css';
import './log.css';
import { useEffect, useMemo, useState } from 'react';
import { useParts, useTwin } from '../shared/app-context.ts';
import { group } from '../shared/format.ts';
import { Filters } from './filters.tsx';
import { LogList } from './list.tsx';
import { type LogFilter, LogReader, type LogState } from './reader.ts';
import { LogRows } from './rows.ts';
import { missingText } from './text.ts';

/** Nobody reads faster, and the machines have better things to do than to look up events. */
const EVERY_MS = 250;
const NOTHING: LogState = { rows: [], logs: { A: new LogRows(), B: new LogRows() } };
const EVERYTHING: LogFilter = { machines: ['A', 'B'], kinds: undefined, thread: undefined, text: '' };

function useLog(filter: LogFilter): LogState {
  const { driver, history } = useParts();
  const [state, setState] = useState(NOTHING);
  const twin = useTwin(EVERY_MS);
  const reader = useMemo(() => new LogReader((machine, ask) => driver.findEvents(machine, ask), setState), [driver]);
  useEffect(() => {
    if (twin) void reader.read(filter, history.samples.A.cuts);
  }, [reader, filter, history, twin]);
  return state;
}

/** The tracepoints of both machines, newest at the bottom; a click on one goes there. */
export default function LogView() {
  const [filter, setFilter] = useState(EVERYTHING);
  const [isTrace, setTrace] = useState(false);
  const [isFollowing, setFollowing] = useState(true);
  const state = useLog(filter);
  return (
    <div className="log">
      <Filters
        filter={filter}
        onFilter={setFilter}
        isTrace={isTrace}
        onTrace={setTrace}
        isFollowing={isFollowing}
        onFollow={setFollowing}
      />
      <LogList rows={state.rows} isTrace={isTrace} isFollowing={isFollowing} onFollow={setFollowing} />
      <p className="log-foot">
        <span data-testid="log-count">{group(state.rows.length)} events</span>
        <span data-testid="log-lost">{missingText(state, filter.machines)}</span>
      </p>
    </div>
  );
}
