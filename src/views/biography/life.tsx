import { X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { PageName } from '../../abi/page-life.ts';
import { absentText } from '../shared/absent-words.ts';
import { useApp, useReading } from '../shared/app-context.ts';
import { LabProgress } from '../shared/lab-progress.tsx';
import { MachineToggle } from '../shared/machine-toggle.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useHorizon } from '../shared/use-horizon.ts';
import { LifeList } from './list.tsx';
import { placeOf, titleOf } from './text.ts';

interface LifeProps {
  readonly page: PageName;
  readonly onClose: () => void;
}

/** What happened to a page on the machine selected. */
export default function Life({ page, onClose }: LifeProps) {
  const machine = useApp((s) => s.machine);
  const scenario = useApp((s) => s.scenario);
  const atNs = useReading((twin) => twin?.[machine].nowNs ?? 0);
  const untilNs = useHorizon(`${machine} ${page.space} ${page.index}`);
  const missing = useReading((twin) => (twin ? absentText(twin[machine], ['biography']) : ''));
  const ask = useMemo(
    () => (scenario && !missing ? { scenario, machine, untilNs, page } : undefined),
    [scenario, machine, untilNs, page, missing],
  );
  const { answer, error, isBusy, done } = useAnswer('biography', ask);
  const isOfPage = !missing && answer?.page.space === page.space && answer.page.index === page.index;
  const events = isOfPage ? answer.events : [];
  const count = events.length === 0 ? 'Nothing has happened to it yet.' : `${events.length} events`;
  const says = missing || (error ?? count);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOfPage) end.current?.scrollIntoView({ block: 'nearest' });
  }, [isOfPage]);
  return (
    <>
      <h2>
        <span data-testid="page-title">{titleOf(events, atNs)}</span>
        <small>{isOfPage ? placeOf(answer) : ''}</small>
      </h2>
      <Controls page={page} onClose={onClose} />
      {events.length > 0 && <LifeList key={`${machine} ${page.space} ${page.index}`} events={events} atNs={atNs} />}
      <LabProgress isBusy={isBusy} done={done} says={says} />
      <div ref={end} />
    </>
  );
}

/** Which machine's page it is, whether it stays lit in the pictures, and what else can be asked. */
function Controls({ page, onClose }: LifeProps) {
  const pin = useApp((s) => s.pin);
  const setDock = useApp((s) => s.setDock);
  const setSheet = useApp((s) => s.setSheet);
  const isTraced = useApp((s) => s.scenario?.traces?.[s.machine] !== undefined);
  const isFollowed = useApp(
    ({ pinned }) => pinned?.kind === 'page' && pinned.space === page.space && pinned.index === page.index,
  );
  return (
    <div className="life-controls">
      <MachineToggle />
      <button
        type="button"
        className="toggle"
        aria-pressed={isFollowed}
        title="Keep the page lit in every picture"
        onClick={() => pin(isFollowed ? undefined : { kind: 'page', ...page })}
      >
        Follow
      </button>
      {!isTraced && (
        <button
          type="button"
          className="toggle"
          title="The next pageout decision, taken otherwise"
          onClick={() => {
            setDock('whatif');
            setSheet('dock');
          }}
        >
          What if…
        </button>
      )}
      <button type="button" className="icon" aria-label="Another page" onClick={onClose}>
        <X size={15} aria-hidden="true" />
      </button>
    </div>
  );
}
