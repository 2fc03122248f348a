import type { MemcgCleaner } from '../../machine/policy/memcg-cleaner.ts';
import type { Writes } from '../../machine/policy/writes.ts';

const ANYTHING: Writes = { id: 'itself', label: 'yes', source: 'policy.memcg_cleaner', ever: true, now: () => true };

/** "Is it okay to call writeback directly when !scanning_global_lru()?" */
export const itself = {
  id: 'itself',
  label: 'memcg reclaim itself',
  source:
    'Kamezawa, 9 June 2010; V2 and V3 of the series: reclaim_can_writeback() for kswapd or sc->mem_cgroup; history.md §5.2',
  writes: () => ANYTHING,
  limitsDirtyPages: false,
  hasKswapd: false,
  hasFlusher: false,
  hasDomain: false,
  groupsRequests: false,
} as const satisfies MemcgCleaner;
