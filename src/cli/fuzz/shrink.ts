import type { Scenario } from '../../abi/scenario.ts';
import type { Outcome } from './run.ts';

/** Simulated seconds kept behind the moment that broke. */
const MARGIN_S = 0.001;

/** Failures count as the same when only numbers differ. */
export function sameFailure(left: Outcome, right: Outcome): boolean {
  const kindOf = (outcome: Outcome) => (outcome.kind === 'broken' ? outcome.message.replace(/[\d.]+/g, '#') : '');
  return left.kind === 'broken' && right.kind === 'broken' && kindOf(left) === kindOf(right);
}

/**
 * A smaller scenario that breaks in the same way: shorter, with fewer inputs, and with every knob at its initial value that
 * the failure does not need.
 */
export function shrink(scenario: Scenario, failure: Outcome, run: (candidate: Scenario) => Outcome): Scenario {
  let smallest = scenario;
  let now = failure;
  const tryThis = (candidate: Scenario): boolean => {
    const outcome = run(candidate);
    if (!sameFailure(outcome, now)) return false;
    smallest = { ...candidate, untilS: Math.min(candidate.untilS, outcome.atS + MARGIN_S) };
    now = outcome;
    return true;
  };
  tryThis({ ...scenario, untilS: Math.min(scenario.untilS, failure.atS + MARGIN_S) });
  for (let before = -1; before !== sizeOf(smallest); ) {
    before = sizeOf(smallest);
    for (const input of smallest.inputs)
      tryThis({ ...smallest, inputs: smallest.inputs.filter((one) => one !== input) });
    for (const path of Object.keys(smallest.knobs)) {
      const { [path]: _gone, ...knobs } = smallest.knobs;
      tryThis({ ...smallest, knobs });
    }
  }
  return smallest;
}

function sizeOf(scenario: Scenario): number {
  return scenario.inputs.length + Object.keys(scenario.knobs).length;
}
