import './queue.css';
import '../shared/over-picture.css';
import { useCallback, useMemo } from 'react';
import type { DiskFrame } from '../../abi/frame.ts';
import { useTwin } from '../shared/app-context.ts';
import { group, short } from '../shared/format.ts';
import { Inspectable, type Marks, type Pick, type Walk } from '../shared/inspectable.tsx';
import type { LaneProps } from '../shared/lane-props.ts';
import { Spoken } from '../shared/spoken.tsx';
import { TableButton } from '../shared/table-button.tsx';
import { TermButton } from '../shared/term-button.tsx';
import { type Draw, type Inputs, useCanvas } from '../shared/use-canvas.ts';
import { drawQueues, markQueues } from './draw.ts';
import { DISK_PX, disksOf, HEAD_PX, hasPool, oldestNs, PICTURE_PX, POOL_ROW_PX } from './layout.ts';
import { requestAt, thingOf } from './pick.ts';
import { ageWords, congestedWords, meanKib, queueText } from './text.ts';

/** What waits for each disk, in the order in which its head would pass it. */
export default function QueueView({ machine }: LaneProps) {
  const frame = useTwin()?.[machine];
  const disks = frame ? disksOf(frame) : [];
  return (
    <section className="view queue" aria-label={`Request queue of ${machine}`}>
      <h3>
        Request queue <span>by sector; the taller, the older</span>
        <TableButton view="queue" machine={machine} />
      </h3>
      <div className="queue-disks" style={{ height: disks.length * DISK_PX }}>
        <Queues machine={machine} />
        {frame &&
          disks.map((disk) => (
            <div key={disk.name} className="over-picture" style={{ height: DISK_PX }}>
              <Head disk={disk} nowNs={frame.nowNs} />
              {hasPool(disk) && (
                <>
                  <Pool name="async" lent={disk.lent.async} />
                  <Pool name="sync" lent={disk.lent.sync} />
                </>
              )}
            </div>
          ))}
      </div>
      <Spoken text={() => (frame ? queueText(frame) : '')} />
    </section>
  );
}

function Head({ disk, nowNs }: { readonly disk: DiskFrame; readonly nowNs: number }) {
  const congested = congestedWords(disk);
  const waiting = disk.queueSector.length;
  return (
    <p className="picture-line" style={{ height: HEAD_PX, marginBottom: PICTURE_PX }}>
      <b>{disk.name}</b>
      <span className="value words">
        {congested && `${congested} congested · `}
        <TermButton of="queue:waiting">
          {waiting === 0 ? 'nothing waits' : `${group(waiting)} ${waiting === 1 ? 'waits' : 'wait'}`}
        </TermButton>
        {waiting > 0 && (
          <>
            {' · '}
            <TermButton of="queue:size">{short(Math.round(meanKib(disk)))} KiB each</TermButton>
            {' · '}
            <TermButton of="queue:oldest">oldest {ageWords(oldestNs(disk, nowNs))}</TermButton>
          </>
        )}
      </span>
    </p>
  );
}

function Pool({ name, lent }: { readonly name: 'sync' | 'async'; readonly lent: number }) {
  return (
    <p className="queue-pool" style={{ height: POOL_ROW_PX }}>
      <TermButton of={`queue:${name}`}>
        {name} {lent}
      </TermButton>
    </p>
  );
}

function Queues({ machine }: LaneProps) {
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawQueues(ctx, size, twin[machine], palette),
    [machine],
  );
  // Ages grow all the time: an empty queue alone stays as it is.
  const inputs = useCallback<Inputs>(
    ({ twin }) => {
      const { disk, moreDisks, nowNs } = twin[machine];
      const isEmpty = disksOf(twin[machine]).every(
        ({ queueSector, inDrive }) => queueSector.length + inDrive.length < 1,
      );
      return [disk, moreDisks, isEmpty ? 0 : nowNs];
    },
    [machine],
  );
  const pick = useCallback<Pick>((x, y, { width }, frame) => requestAt(x, y, width, frame, machine), [machine]);
  const marks = useCallback<Marks>(
    (ctx, size, frame, lit, palette) => markQueues(ctx, size, frame, machine, lit, palette),
    [machine],
  );
  const walk = useMemo<Walk>(
    () => ({
      label: 'waiting requests by sector',
      count: (frame) => disksOf(frame).reduce((sum, { queueSector }) => sum + queueSector.length, 0),
      at: (step, frame) => {
        let left = step;
        for (const [row, { queueSector, queueSectors }] of disksOf(frame).entries()) {
          if (left < queueSector.length) {
            const at = { sector: queueSector[left]!, sectors: queueSectors[left]!, startNs: -1 };
            return thingOf(at, row, machine);
          }
          left -= queueSector.length;
        }
        return undefined;
      },
    }),
    [machine],
  );
  return (
    <Inspectable machine={machine} className="queue-picture" pick={pick} marks={marks} walk={walk}>
      <canvas ref={useCanvas(draw, inputs)} />
    </Inspectable>
  );
}
