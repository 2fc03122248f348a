import { fieldOf, type TraceTable, TraceValues } from '../../abi/trace-table.ts';

/** The root of the cgroup filesystem; 0 where cgroups are not mounted. */
const NO_GROUP = new Set(['0', '1']);

/** Inodes of the cgroups that writeback events name, the root left out, in the order in which they are first named. */
export function groupsOf(table: TraceTable): readonly string[] {
  const field = table.shapes.map((shape) => fieldOf(shape, 'cgroup_ino'));
  if (field.every((at) => at < 0)) return [];
  const values = new TraceValues(table);
  const inodes = new Set<string>();
  for (let row = 0; row < table.count; row++) {
    const at = field[table.shape[row]!]!;
    if (at >= 0) inodes.add(values.text(row, at));
  }
  return [...inodes].filter((ino) => !NO_GROUP.has(ino));
}

/** A cgroup is known by the inode of its directory alone; empty: of no group. */
export const groupName = (ino: string): string => (ino === '' || NO_GROUP.has(ino) ? '' : `cgroup ${ino}`);
