import type { Result } from '../abi/errors.ts';
import type { Recording } from '../abi/recording.ts';
import type { Scenario } from '../abi/scenario.ts';
import type { Twin } from './feed.ts';
import type { Place } from './place.ts';
import { askBoth, bringBothTo, type Keep, type Machines, seekBoth } from './round.ts';

export interface Run {
  readonly scenario: Scenario;
  readonly recording: Recording | undefined;
}

/** How often the share of the way is told. */
const PARTS = 50;

/**
 * Fresh machines brought to a place by doing the same run again: nothing is drawn on the way, so it goes as fast as the
 * machines can. What they tell of the past is known already and is not kept twice.
 */
export async function replay(
  machines: Machines,
  { scenario, recording }: Run,
  place: Place,
  keep: Keep,
  onShare: (share: number) => void,
): Promise<Result<Twin>> {
  const booted = await askBoth((id) => machines[id].load(scenario, id, recording), keep);
  if (!booted.ok) return booted;
  for (let part = 1; part <= PARTS; part++) {
    const there = await bringBothTo(machines, Math.round((place.atNs * part) / PARTS), keep, false);
    if (!there.ok) return there;
    onShare(part / PARTS);
  }
  return seekBoth(machines, place, keep);
}
