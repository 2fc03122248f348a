import type { EventAsk, EventColumns } from '../../abi/events.ts';
import type { MachineId } from '../../abi/scenario.ts';
import { idsOf } from './kinds.ts';
import { type LogRow, LogRows, merged, ROWS_MAX } from './rows.ts';

export interface LogFilter {
  readonly machines: readonly MachineId[];
  /** Names of events; undefined: all. */
  readonly kinds: readonly string[] | undefined;
  readonly thread: number | undefined;
  readonly text: string;
}

export interface LogState {
  readonly rows: readonly LogRow[];
  readonly logs: Readonly<Record<MachineId, LogRows>>;
}

type Find = (machine: MachineId, ask: EventAsk) => Promise<EventColumns | undefined>;

/** Keeps a log up to date: one question at a time, and each only for what is new. */
export class LogReader {
  private logs = { A: new LogRows(), B: new LogRows() };
  private shown: { readonly filter: LogFilter; readonly branch: number } | undefined;
  private wanted: { readonly filter: LogFilter; readonly branch: number } | undefined;
  private reading = false;
  private readonly find: Find;
  private readonly onState: (state: LogState) => void;

  constructor(find: Find, onState: (state: LogState) => void) {
    this.find = find;
    this.onState = onState;
  }

  /** `branch` changes when what was ahead no longer happens. */
  async read(filter: LogFilter, branch: number): Promise<void> {
    this.wanted = { filter, branch };
    if (this.reading) return;
    this.reading = true;
    while (this.wanted) {
      const { wanted } = this;
      this.wanted = undefined;
      if (wanted.filter !== this.shown?.filter || wanted.branch !== this.shown.branch) {
        this.logs = { A: new LogRows(), B: new LogRows() };
        this.shown = wanted;
      }
      await Promise.all(wanted.filter.machines.map((machine) => this.ask(machine, wanted.filter)));
      this.onState({ rows: merged(this.logs.A.rows, this.logs.B.rows), logs: this.logs });
    }
    this.reading = false;
  }

  private async ask(machine: MachineId, { kinds, thread, text }: LogFilter): Promise<void> {
    const log = this.logs[machine];
    const wanted = kinds && { ids: idsOf(kinds), names: kinds };
    const ask = () => this.find(machine, { from: log.next, ...wanted, thread, text, limit: ROWS_MAX });
    const found = await ask();
    if (!found || log.take(machine, found)) return;
    const anew = await ask();
    if (anew) log.take(machine, anew);
  }
}
