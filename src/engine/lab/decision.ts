import { ok } from '../../abi/errors.ts';
import type { Decision } from '../../abi/what-if.ts';
import { Engine } from '../engine.ts';
import type { Watch } from '../machine/instruments.ts';
import { isDecision } from '../probe/decisions.ts';
import { doerOf } from '../probe/doer.ts';
import { type Evidence, evidenceOf, verdictWords } from '../probe/verdict-words.ts';
import type { LabJob } from './shared.ts';

/** Virtual time between two looks whether the decision has come. */
const SLICE_NS = 20e6;

export const decision: LabJob<'decision'> = ({ scenario, machine, fromNs, untilNs }, { recording, report }) => {
  let nth = 0;
  let found: Decision | undefined;
  let evidence: Evidence | undefined;
  const watch: Watch = {
    judging: (k, t, pfn) => {
      if (found === undefined) evidence = evidenceOf(k, t, pfn);
    },
    judged: (k, t, pfn, verdict) => {
      if (found !== undefined || evidence === undefined || !isDecision(k, t, pfn, verdict)) return verdict;
      nth++;
      if (k.nowNs <= fromNs) return verdict;
      const { space, index } = k.pages.columns;
      const page = { space: space[pfn]!, index: index[pfn]!, file: k.space(space[pfn]!).name };
      const { says } = verdictWords(k, t, pfn, evidence, verdict);
      found = { atNs: k.nowNs, nth, by: doerOf(k), page, says: says || '->writepage' };
      return verdict;
    },
  };
  const booted = Engine.boot(scenario, machine, recording, false, { watch });
  if (!booted.ok) return booted;
  const engine = booted.value;
  for (let atNs = 0; atNs < untilNs && found === undefined && engine.stopped === undefined; atNs += SLICE_NS) {
    engine.advance(atNs + SLICE_NS);
    report(Math.min(1, atNs / Math.max(fromNs, 1)));
  }
  return ok(found === undefined ? {} : { decision: found });
};
