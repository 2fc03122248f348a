import type { Ns } from '../../abi/units.ts';
import { MACHINES } from '../../store/feed.ts';
import { useApp, useParts } from '../shared/app-context.ts';
import { seconds } from '../shared/format.ts';
import { lostAt, NO_GAPS } from '../shared/gaps.ts';
import { glanceAt, turnedNear } from './text.ts';

const LETTERS = { kswapd: 'K', direct: 'D', memcg: 'M', flusher: 'F' } as const;
const NO_INPUTS: readonly never[] = [];
/** The box stays inside the track. */
const WIDTH_PX = 250;

/** What the pointer is over: the time, who was at work in either machine, a knob turned there. */
export default function Hover({ atNs, x, width, nearNs }: { atNs: Ns; x: number; width: number; nearNs: Ns }) {
  const { history, feed } = useParts();
  const inputs = useApp((s) => s.scenario?.inputs ?? NO_INPUTS);
  const twin = feed.latest();
  const [turned] = turnedNear(inputs, atNs, nearNs);
  const traced = useApp((s) => s.traced);
  const lost = {
    A: lostAt(traced.A?.gaps ?? NO_GAPS, atNs, nearNs / 2),
    B: lostAt(traced.B?.gaps ?? NO_GAPS, atNs, nearNs / 2),
  };
  const left = Math.max(0, Math.min(width - WIDTH_PX, x - WIDTH_PX / 2));
  return (
    <div className="tape-hover" style={{ left, width: WIDTH_PX }} aria-hidden="true">
      <b>{seconds(atNs)} s</b>
      {MACHINES.map((id) => {
        const glance = glanceAt(history.samples[id], atNs, twin?.[id].memory.totalPages ?? Number.NaN);
        return (
          <p key={id}>
            <b>{id}</b>
            {glance ? (
              <>
                {glance.dirty && <span>{glance.dirty}</span>}
                {glance.acted.map(({ actor, says }) => (
                  <span key={actor} title={says}>
                    <i className={`tape-actor tape-${actor}`}>{LETTERS[actor]}</i> {says.replace(/ .*/, '')}
                  </span>
                ))}
                {glance.killed > 0 && <span>{glance.killed} killed</span>}
                {glance.overflowed > 0 && <span>stack overflow</span>}
                {lost[id] && <span>{lost[id]}</span>}
              </>
            ) : (
              <span>not run yet</span>
            )}
          </p>
        );
      })}
      {turned && (
        <p>
          {turned.machine === 'both' ? '' : `${turned.machine}: `}
          {turned.path} = {String(turned.value)}
        </p>
      )}
    </div>
  );
}
