import './table-button.css';
import { Table } from 'lucide-react';
import { useApp } from './app-context.ts';
import type { LaneProps } from './lane-props.ts';

/** Opens what a lane's picture shows as a table; `view` is the picture's name in the registry. */
export function TableButton({ view, machine }: LaneProps & { readonly view: string }) {
  const open = useApp((s) => s.openDefinition);
  return (
    <button
      type="button"
      className="table-button"
      aria-label="as a table"
      title="as a table"
      onClick={() => open(`table:${view}:${machine}`)}
    >
      <Table size={14} aria-hidden="true" />
    </button>
  );
}
