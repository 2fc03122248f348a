import { Square, StepForward } from 'lucide-react';
import { useState } from 'react';
import { MACHINES } from '../../store/feed.ts';
import { useApp, useReading } from '../shared/app-context.ts';
import { LabProgress } from '../shared/lab-progress.tsx';
import { breaksBeside, endText, parseBytes, tracedBreaksText } from './break-text.ts';
import { useRunUntil } from './use-run-until.ts';

/** Conditions of which the first one that comes true, in A or in B, stops both. */
export function Breakpoints() {
  const watched = useApp((s) => s.watched);
  const watch = useApp((s) => s.watch);
  const breakBytes = useApp((s) => s.breakBytes);
  const setBreakBytes = useApp((s) => s.setBreakBytes);
  const traced = useApp((s) => MACHINES.find((machine) => s.scenario?.traces?.[machine]));
  const simulated = traced === 'A' ? 'B' : 'A';
  const threadSizeBytes = useReading((twin) => twin?.[simulated].stackSize.threadSizeBytes ?? 0);
  const breaks = breaksBeside(traced);
  const isAny = breaks.some(({ what }) => watched.includes(what));
  const [typed, setTyped] = useState(String(breakBytes));
  const parsed = parseBytes(typed, threadSizeBytes);
  const wrong = typeof parsed === 'string' && watched.includes('stack') ? parsed : '';
  const { run, stop, searched, error } = useRunUntil(isAny && !wrong);
  const isUnderWay = useApp((s) => s.breakEnd === 'under way') || searched !== undefined;
  return (
    <section className="debug-breaks" aria-label="Breakpoints">
      <div className="debug-conditions">
        {isUnderWay ? (
          <button type="button" className="boxed" onClick={stop}>
            <Square size={15} aria-hidden="true" />
            Stop
          </button>
        ) : (
          <button type="button" className="boxed" onClick={run} disabled={!isAny || wrong !== ''}>
            <StepForward size={15} aria-hidden="true" />
            Run until
          </button>
        )}
        <span className="debug-either">in A or B</span>
        {breaks.map(({ what, label }) => (
          <label key={what}>
            <input
              type="checkbox"
              checked={watched.includes(what)}
              onChange={(event) => watch(what, event.currentTarget.checked)}
            />
            {label}
          </label>
        ))}
        <label className="debug-depth">
          <input
            className="boxed"
            value={typed}
            aria-label="Bytes of stack"
            aria-invalid={wrong !== ''}
            size={7}
            inputMode="numeric"
            autoComplete="off"
            onChange={({ currentTarget: { value } }) => {
              setTyped(value);
              const bytes = parseBytes(value, threadSizeBytes);
              if (typeof bytes === 'number') setBreakBytes(bytes);
            }}
          />
          bytes
        </label>
      </div>
      {traced && <p className="note">{tracedBreaksText(traced)}</p>}
      {searched !== undefined && <LabProgress isBusy done={searched} says="" />}
      <p role="alert">{wrong || error}</p>
      <Ended />
    </section>
  );
}

/** Said for as long as the machines stand where it ended. */
function Ended() {
  const end = useApp((s) => s.breakEnd);
  const untilS = useApp((s) => s.scenario?.untilS ?? 0);
  const isThere = useReading((twin) => end !== undefined && end !== 'under way' && twin?.atNs === end.atNs);
  return (
    <p className="debug-end" aria-live="polite" data-testid="debug-end">
      {isThere && end !== undefined && end !== 'under way' && endText(end, untilS)}
    </p>
  );
}
