import './split.css';
import { useCallback } from 'react';
import type { MachineId } from '../../abi/scenario.ts';
import type { RequestHistory } from '../../store/request-history.ts';
import { useApp, useParts, useReading } from '../shared/app-context.ts';
import { rowOf } from '../shared/thing-words.ts';
import { type Draw, useCanvas } from '../shared/use-canvas.ts';
import { drawSplits } from './draw-split.ts';
import { PARTS, partWords, type Split, splitOfRow, splitOfWindow } from './split.ts';

interface SplitRowsProps {
  readonly machine: MachineId;
  readonly windowNs: number;
}

/** Where the drive's time goes: of the request that is pointed at, else the last one, and of all that are drawn. */
export function SplitRows({ machine, windowNs }: SplitRowsProps) {
  const { history, feed } = useParts();
  const requests = history.requests[machine];
  const lit = useApp((s) => {
    const thing = s.hovered ?? s.pinned;
    return thing?.kind === 'request' && thing.machine === machine && thing.startNs >= 0 ? thing : undefined;
  });
  useReading((twin) => twin?.[machine].nowNs);
  const splitsAt = useCallback(
    (atNs: number) => {
      const pointed = lit ? rowOf(lit, requests.columns, requests.endedBy(atNs)) : -1;
      return { isPointed: pointed >= 0, splits: splitsOf(requests, pointed, atNs, windowNs) };
    },
    [requests, lit, windowNs],
  );
  const draw = useCallback<Draw>(
    (ctx, size, { twin, palette }) => drawSplits(ctx, size, splitsAt(twin[machine].nowNs).splits, palette),
    [machine, splitsAt],
  );
  const { isPointed, splits } = splitsAt(feed.latest()?.[machine].nowNs ?? 0);
  return (
    <div className="disk-split">
      <span className="disk-split-rows">
        <span>{isPointed ? 'this one' : 'last one'}</span>
        <span>in all</span>
      </span>
      <canvas ref={useCanvas(draw)} />
      <Parts splits={splits} />
    </div>
  );
}

function splitsOf(requests: RequestHistory, pointed: number, atNs: number, windowNs: number) {
  const row = pointed >= 0 ? pointed : requests.endedBy(atNs) - 1;
  return [row < 0 ? undefined : splitOfRow(requests, row), splitOfWindow(requests, atNs, windowNs)] as const;
}

/** A part of both: where no request has finished yet, a dash. */
function Parts({ splits }: { readonly splits: readonly (Split | undefined)[] }) {
  const open = useApp((s) => s.openDefinition);
  const words = splits.map((split) => split && partWords(split));
  return PARTS.map((part, at) => (
    <button key={part} type="button" className="metric disk-split-rows" onClick={() => open(`disk_${part}_s`)}>
      <span>
        {part} {words[0]?.[at] ?? '–'}
      </span>
      <span>
        {part} {words[1]?.[at] ?? '–'}
      </span>
    </button>
  ));
}
