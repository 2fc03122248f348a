import { Fragment } from 'react';
import type { MachineFrame } from '../../abi/frame.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { useApp } from '../shared/app-context.ts';
import { metricValue } from '../shared/derived-metrics.ts';
import { fixed, group } from '../shared/format.ts';
import { TermButton } from '../shared/term-button.tsx';
import { tracedName } from '../shared/traced-sections.ts';
import { RECORDED, reclaimersWords, writtenBack } from './text.ts';

/** Of a trace: which groups its events name, what was written of each, what reclaim at limits took, and why there is no more. */
export function Recorded({ machine, frame }: { readonly machine: MachineId; readonly frame: MachineFrame }) {
  const setDock = useApp((s) => s.setDock);
  const setSheet = useApp((s) => s.setSheet);
  const info = useApp((s) => s.traced[machine]);
  const now = reclaimersWords(frame.tasks);
  return (
    <>
      <p className="picture-line memcg-known">
        {writtenBack(frame.memcgs, info).map(({ name, written }) => (
          <Fragment key={name}>
            <b>{name}</b>
            {written && (
              <TermButton of={tracedName('groups', written.label)}>
                {written.value} pages written back in all
              </TermButton>
            )}
          </Fragment>
        ))}
      </p>
      <p className="picture-line memcg-known">
        <span>at limits:</span>
        <TermButton of="memcg_reclaims">{group(metricValue(frame, 'memcg_reclaims'))} reclaims</TermButton>
        <TermButton of="memcg_stall_s">{fixed(metricValue(frame, 'memcg_stall_s'), 3)} s stalled</TermButton>
        <span>
          now: <b>{now}</b>
        </span>
      </p>
      <p className="memcg-recorded">
        {RECORDED}{' '}
        <button
          type="button"
          className="metric"
          onClick={() => {
            setDock('trace');
            setSheet('dock');
          }}
        >
          See the trace
        </button>
      </p>
    </>
  );
}
