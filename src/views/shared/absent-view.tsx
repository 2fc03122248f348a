import Absent from './absent.tsx';
import type { LaneProps } from './lane-props.ts';

interface AbsentViewProps extends LaneProps {
  readonly id: string;
  readonly title: string;
  readonly says: string;
}

/** A lane's view of which the trace has nothing. */
export default function AbsentView({ machine, id, title, says }: AbsentViewProps) {
  return (
    <section className="view view-absent" style={{ gridArea: id }} aria-label={`${title} of ${machine}`}>
      <Absent says={says}>
        <h3>{title}</h3>
      </Absent>
    </section>
  );
}
