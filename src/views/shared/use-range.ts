import { useMemo } from 'react';
import type { TimeRange } from '../../store/scrub.ts';
import { useApp } from './app-context.ts';

/** The part of the run that the scrubber shows: pictures of the whole run share it. */
export function useRange(): TimeRange {
  const zoom = useApp((s) => s.zoom);
  const untilNs = useApp((s) => (s.scenario?.untilS ?? 1) * 1e9);
  return useMemo(() => zoom ?? { fromNs: 0, toNs: untilNs }, [zoom, untilNs]);
}
