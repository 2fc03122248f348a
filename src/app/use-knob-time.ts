import { useCallback } from 'react';
import type { Ns } from '../abi/units.ts';
import type { Twin } from '../store/feed.ts';
import { useParts, useReading } from '../views/shared/app-context.ts';

/** Virtual time as far as knobs know it: when the last one was turned, at or before now. It changes only then and on a seek. */
export function useKnobTime(): Ns {
  const { store } = useParts();
  const read = useCallback(
    (twin: Twin | undefined) => {
      const turned = (store.getState().scenario?.inputs ?? []).filter(({ atNs }) => atNs <= (twin?.atNs ?? 0));
      return turned.at(-1)?.atNs ?? 0;
    },
    [store],
  );
  return useReading(read, 250);
}
