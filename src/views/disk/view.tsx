import { useCallback, useMemo } from 'react';
import type { MachineFrame } from '../../abi/frame.ts';
import type { MachineId } from '../../abi/scenario.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { absentText } from '../shared/absent-words.ts';
import { useApp, useParts, useTwin } from '../shared/app-context.ts';
import { fixed, short } from '../shared/format.ts';
import { gapsText } from '../shared/gaps.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { type Draw, useCanvas, windowOf } from '../shared/use-canvas.ts';
import { useGaps, useLostTitle } from '../shared/use-gaps.ts';
import { BAR_ROOM, drawDisk } from './draw.ts';
import { countShown, markDisk, requestAt, requestBack } from './pick.ts';
import { ratesOf } from './rates.ts';
import { SplitRows } from './split-rows.tsx';
import { diskText, splitText } from './text.ts';

const SHORTER = 'Gaps between the files are drawn shorter than they are';
const TOUCHED =
  'The parts of the disk that requests are about, by where they begin; gaps between them are drawn shorter';

/** LBA over time: the picture everyone in this debate can read. One page is a dot, a merged range a bar. */
export function DiskView({ machine }: LaneProps) {
  const { history } = useParts();
  const twin = useTwin();
  const windowNs = useApp(windowOf);
  const seeks = useApp((s) => s.seeks);
  const requests = history.requests[machine];
  const isTimed = useApp((s) => (s.traced[machine]?.clock ?? 'seconds') === 'seconds');
  const rates = ratesOf(requests, twin?.[machine].nowNs ?? 0, windowNs, isTimed);
  const gaps = useGaps(machine);
  const title = twin?.[machine].traced ? TOUCHED : SHORTER;
  const lost = useLostTitle(machine, { right: BAR_ROOM, otherwise: title });
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
        gaps,
      }),
    [machine, requests, seeks, gaps],
  );
  const ref = useCanvas(draw);
  const { pick, marks, walk } = useRequests(machine, requests, windowNs);
  return (
    <section className="view disk" aria-label={`Disk of ${machine}`}>
      <h3>
        Disk <span>LBA over {windowNs >= 1e9 ? `${windowNs / 1e9} s` : `${windowNs / 1e6} ms`}</span>
        <TableButton view="disk" machine={machine} />
        <small>
          <b>{short(Math.round(rates.requestsPerS))}</b> requests/s <b>{fixed(rates.mibPerS, 1)}</b> MiB/s{' '}
          <b>{short(Math.round(rates.meanKib))}</b> KiB
        </small>
      </h3>
      <Inspectable machine={machine} pick={pick} marks={marks} walk={walk}>
        <canvas ref={ref} data-testid={`disk-${machine}`} title={title} onPointerMove={lost} />
      </Inspectable>
      <SplitRows machine={machine} windowNs={windowNs} />
      <Spoken
        text={() => {
          if (!twin) return '';
          const { disk, moreDisks, nowNs } = twin[machine];
          const files = absentText(twin[machine], ['files']);
          const disks = diskText([disk, ...moreDisks], rates, windowNs);
          return [disks, splitText(requests, nowNs, windowNs), gapsText(gaps), files].join(' ');
        }}
      />
    </section>
  );
}

/** Requests under the pointer, and from the newest one back for the arrow keys. */
function useRequests(machine: MachineId, requests: RequestHistory, windowNs: number) {
  return useMemo(() => {
    const sceneOf = ({ disk, moreDisks, memory, nowNs }: MachineFrame) => ({
      disks: [disk, ...moreDisks],
      pageBytes: memory.pageBytes,
      atNs: nowNs,
      requests,
      windowNs,
    });
    const pick: Pick = (x, y, size, frame) => requestAt(x, y, size, sceneOf(frame), machine);
    const marks: Marks = (ctx, size, frame, lit, palette) =>
      markDisk(ctx, size, { ...sceneOf(frame), palette }, lit, machine);
    const walk: Walk = {
      label: 'requests from the newest on',
      count: (frame) => countShown(sceneOf(frame)),
      at: (step, frame) => requestBack(step, sceneOf(frame), machine),
      fromEnd: true,
    };
    return { pick, marks, walk };
  }, [machine, requests, windowNs]);
}
