import type { DirectWrites } from '../../machine/policy.ts';

/** Only kswapd writes, file or anon; the others put dirty pages back for another lap. */
export const never: DirectWrites = {
  id: 'never',
  label: 'never',
  source: 'RFC 6/6 of 8 June 2010; model.md P6.1–P6.6',
  mayWritepage: false,
  turnsMayWriteOn: false,
  setsDirtyAside: true,
};
