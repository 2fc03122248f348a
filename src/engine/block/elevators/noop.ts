import type { Elevator } from '../../machine/elevator.ts';

/** First come, first served: model.md R7.6. The neighbours for merging are the neighbours in the queue. */
export const noop: Elevator = {
  id: 'noop',
  label: 'noop (first come, first served)',
  source: 'block/noop-iosched.c, model.md R7.6',
  frontMerges: false,
  choose: ({ arrival }) => arrival.head,
  former: ({ arrival }, id) => arrival.before[id]!,
  latter: ({ arrival }, id) => arrival.behind[id]!,
};
