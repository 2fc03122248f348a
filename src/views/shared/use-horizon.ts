import { useState } from 'react';
import type { Scenario } from '../../abi/scenario.ts';
import type { Ns } from '../../abi/units.ts';
import { selectStatus } from '../../store/playback.ts';
import { useApp, useTwin } from './app-context.ts';

/**
 * How far into the run a question looks: to now, when it is put or the machines come to a stand; what it saw beyond now
 * before a step back stays seen.
 */
export function useHorizon(question: string): Ns {
  const scenario = useApp((s) => s.scenario);
  const isIdle = useApp(selectStatus) === 'idle';
  const atNs = useTwin(500)?.atNs ?? 0;
  const [seen, setSeen] = useState<{ scenario: Scenario | undefined; question: string; ns: Ns }>();
  const isSameRun = seen?.scenario === scenario;
  const isSame = isSameRun && seen?.question === question;
  if (isSame && !(isIdle && atNs > seen.ns)) return seen.ns;
  const ns = isSameRun ? Math.max(seen?.ns ?? 0, atNs) : atNs;
  setSeen({ scenario, question, ns });
  return ns;
}
