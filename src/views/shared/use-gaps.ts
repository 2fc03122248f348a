import type { PointerEvent } from 'react';
import type { MachineId } from '../../abi/scenario.ts';
import type { TracedGap } from '../../abi/traced.ts';
import type { Ns } from '../../abi/units.ts';
import { useApp, useParts } from './app-context.ts';
import { lostAt, NO_GAPS } from './gaps.ts';
import { timeAxis } from './time-axis.ts';
import { windowOf } from './use-canvas.ts';

/** Where a machine that is a trace lost events. */
export const useGaps = (machine: MachineId): readonly TracedGap[] => useApp((s) => s.traced[machine]?.gaps ?? NO_GAPS);

/** The canvas's title under the pointer: what is lost there, else `otherwise`. Its time axis ends `right` px before its edge. */
export function useLostTitle(machine: MachineId, { left = 0, right = 0, otherwise = '' }) {
  const { feed } = useParts();
  const gaps = useGaps(machine);
  const windowNs = useApp(windowOf);
  return ({ currentTarget: canvas, clientX }: PointerEvent<HTMLCanvasElement>) => {
    const box = canvas.getBoundingClientRect();
    const zoom = box.width / canvas.clientWidth;
    const wide = canvas.clientWidth - left - right;
    const { fromNs } = timeAxis(feed.latest()?.[machine].nowNs ?? 0, windowNs, wide);
    const atNs: Ns = fromNs + (((clientX - box.left) / zoom - left) / wide) * windowNs;
    canvas.title = lostAt(gaps, atNs, (2 / wide) * windowNs) || otherwise;
  };
}
