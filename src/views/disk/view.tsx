import { useCallback } from 'react';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { short } from '../shared/format.ts';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { type Draw, useCanvas, windowOf } from '../shared/use-canvas.ts';
import { drawDisk } from './draw.ts';
import { ratesOf } from './rates.ts';
import { diskText } from './text.ts';

/** LBA over time: the picture everyone in this debate can read. One page is a dot, a merged range a bar. */
export function DiskView({ machine }: LaneProps) {
  const { history } = useParts();
  const twin = useTwin();
  const windowNs = useApp((s) => windowOf(s.speed));
  const seeks = useApp((s) => s.seeks);
  const requests = history.requests[machine];
  const rates = ratesOf(requests, twin?.[machine].nowNs ?? 0, windowNs);
  const draw = useCallback<Draw>(
    (ctx, size, { twin: now, palette, windowNs: window, calm }) =>
      drawDisk(ctx, size, {
        pageBytes: now[machine].memory.pageBytes,
        disks: [now[machine].disk, ...now[machine].moreDisks],
        requests,
        atNs: now[machine].nowNs,
        windowNs: window,
        palette,
        calm,
        seeks,
      }),
    [machine, requests, seeks],
  );
  const ref = useCanvas(draw);
  return (
    <section className="view disk" aria-label={`Disk of ${machine}`}>
      <h3>
        Disk <span>LBA over {windowNs >= 1e9 ? `${windowNs / 1e9} s` : `${windowNs / 1e6} ms`}</span>
        <small>
          <b>{short(Math.round(rates.requestsPerS))}</b> requests/s <b>{rates.mibPerS.toFixed(1)}</b> MiB/s{' '}
          <b>{short(Math.round(rates.meanKib))}</b> KiB
        </small>
      </h3>
      <canvas
        ref={ref}
        data-testid={`disk-${machine}`}
        title="Gaps between the files are drawn shorter than they are"
      />
      <Spoken text={() => (twin ? diskText([twin[machine].disk, ...twin[machine].moreDisks], rates, windowNs) : '')} />
    </section>
  );
}
