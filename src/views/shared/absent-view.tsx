import type { TracedPart } from '../../abi/traced.ts';
import Absent from './absent.tsx';
import type { LaneProps } from './lane-props.ts';

interface AbsentViewProps extends LaneProps {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly parts: readonly TracedPart[];
}

/** A lane's view of which the trace has nothing. */
export default function AbsentView({ machine, id, title, says, parts }: AbsentViewProps) {
  return (
    <section className="view view-absent" style={{ gridArea: id }} aria-label={`${title} of ${machine}`}>
      <Absent says={says} parts={parts}>
        <h3>{title}</h3>
      </Absent>
    </section>
  );
}
