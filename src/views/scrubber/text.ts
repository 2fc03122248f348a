import type { Ns } from '../../abi/units.ts';
import { seconds } from '../shared/format.ts';

export const scrubberText = (atNs: Ns, untilNs: Ns, inputs: number): string =>
  `${seconds(atNs)} of ${untilNs / 1e9} seconds${inputs > 0 ? `, ${inputs} knobs turned on the way` : ''}`;
