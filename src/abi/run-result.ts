import type { MachineId } from './scenario.ts';

/** What one machine's run came to: of the command line's answer and of the files that the page saves. */
export interface RunResult {
  readonly machine: MachineId;
  readonly kernel: string;
  readonly hash: string;
  readonly stopped?: string;
  /** By name: those of METRICS that the run can have, then each group's (`memcg.NAME.…`) and, of several disks, each disk's. */
  readonly metrics: Readonly<Record<string, number>>;
}
