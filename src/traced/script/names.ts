import type { TraceTable } from '../../abi/trace-table.ts';

const KNOWN_LETTERS = /[a-zA-Z0-9-]*$/;
/** A name the script has to look up: all of it was cut off, or the kernel had not recorded it. */
const NAMELESS = '';

/** What the script calls the task of each row: it knows letters, digits and dashes, and remembers the last name of a pid. */
export class ScriptNames {
  private readonly table: TraceTable;
  private readonly cut: readonly { readonly name: string; readonly pid: string }[];
  private readonly lastOfPid = new Map<string, string>();
  /** With record-tgid a bracket stands between the task and the CPU, and the script takes the CPU for the task. */
  private readonly takesCpu: boolean;

  constructor(table: TraceTable) {
    this.table = table;
    this.cut = table.tasks.map(({ name, pid }) => {
      const text = KNOWN_LETTERS.exec(`${name}-${pid}`)![0];
      const dash = text.lastIndexOf('-');
      return { name: text.slice(0, dash), pid: text.slice(dash + 1) };
    });
    this.takesCpu = table.tasks.some(({ tgid }) => tgid !== -1);
  }

  /** Rows have to be asked for in their order. */
  of(row: number): string {
    if (this.takesCpu) return `-[${String(this.table.cpu[row]!).padStart(3, '0')}]`;
    const { name, pid } = this.cut[this.table.task[row]!]!;
    if (name === NAMELESS) return `${this.lastOfPid.get(pid) ?? ''}-${pid}`;
    this.lastOfPid.set(pid, name);
    return `${name}-${pid}`;
  }
}
