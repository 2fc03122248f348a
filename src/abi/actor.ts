/** Who does something: always a letter in a shape, never only a colour (ux.md §5.1). The order is the engine's numbering. */
export const ACTORS = ['task', 'kswapd', 'direct', 'memcg', 'flusher'] as const;
/** Number of an actor in the engine's columns. `task` is a program itself: its reads, its foreground writeback, its fsync. */
export const ACTOR = { TASK: 0, KSWAPD: 1, DIRECT: 2, MEMCG: 3, FLUSHER: 4 } as const;
