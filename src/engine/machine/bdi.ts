/** backing_dev_info of the one disk. */
export interface Bdi {
  dirtyExceeded: boolean;
  /** blk_queue_congestion flags per request class. */
  readonly congested: [boolean, boolean];
  /** Floating proportion of completions (R5.9): this bdi's events, and the global count they are measured by. */
  completions: number;
  completionPeriod: number;
  globalCompletions: number;
  /** vm_dirties: the global count of dirtyings that tasks' shares are measured by. */
  globalDirties: number;
  /** log2 of the period's length plus one. */
  propShift: number;
}

export function createBdi(): Bdi {
  return {
    dirtyExceeded: false,
    congested: [false, false],
    completions: 0,
    completionPeriod: 0,
    globalCompletions: 0,
    globalDirties: 0,
    propShift: 0,
  };
}
