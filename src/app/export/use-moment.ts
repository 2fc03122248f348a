import { runName } from '../../store/traced.ts';
import { useParts } from '../../views/shared/app-context.ts';
import { seconds } from '../../views/shared/format.ts';

/** Scene, moment and words for the file that is about to be made. */
export function useMoment() {
  const { store, feed } = useParts();
  return () => {
    const state = store.getState();
    const { scenario } = state;
    const atNs = feed.latest()?.atNs ?? 0;
    const kernels = scenario ? `A ${runName(state, 'A')}, B ${runName(state, 'B')}, seed ${scenario.seed}` : '';
    return {
      scene: scenario?.id ?? 'run',
      atNs,
      caption: `Reclaimscope · ${scenario?.title ?? ''} · ${kernels} · ${seconds(atNs)} s`,
    };
  };
}
