/** One line of the table: at most `ceiling` or at least `floor`. */
export interface Figure {
  readonly goal: string;
  readonly unit: string;
  readonly ours: number;
  readonly floor?: number;
  readonly ceiling?: number;
}

export const isMet = ({ ours, floor, ceiling }: Figure): boolean =>
  (floor === undefined || ours >= floor) && (ceiling === undefined || ours <= ceiling);
