import { writebackFlagsText } from '../../../abi/trace-flags.ts';
import type { ScriptEvent } from '../../../abi/vmscan-script.ts';
import { textIn, type Wording, type Words } from './shared.ts';
import { OLD_HEADER, OLD_WORDS } from './v2.6.36.ts';

/** ISOLATE_INACTIVE, ISOLATE_ACTIVE and both became bits in 3.2, and its script goes by them. */
const isolated = (words: Words, key: 'lruIsolate' | 'memcgIsolate') => (event: ScriptEvent) => {
  const [mode = 0, ...args] = event.args;
  return words[key]?.({ ...event, args: [mode + 1, ...args] }) ?? '';
};

/** The words of 2.6.36 with the event of 3.0 for what became of a batch: what the scripts of 3.2 to 3.4 read. */
export const v32: Wording = {
  header: OLD_HEADER,
  flags: '',
  pidChars: 5,
  text: textIn({
    ...OLD_WORDS,
    lruIsolate: isolated(OLD_WORDS, 'lruIsolate'),
    memcgIsolate: isolated(OLD_WORDS, 'memcgIsolate'),
    lruShrinkInactive: ({ args: [nid = 0, zid = 0, scanned = 0, reclaimed = 0, , , , priority = 0, flags = 0] }) =>
      `mm_vmscan_lru_shrink_inactive: nid=${nid} zid=${zid} nr_scanned=${scanned} nr_reclaimed=${reclaimed} ` +
      `priority=${priority} flags=${writebackFlagsText(flags)}`,
    throttled: undefined,
  }),
};
