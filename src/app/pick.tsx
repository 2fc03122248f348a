import { ChevronDown } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';

export interface PickOption {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** The heading it stands under, together with its neighbours of the same. */
  readonly group?: string;
}

export interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly PickOption[];
  /** What the closed box says, where that is not the option's own label. */
  readonly shown?: ReactNode;
  readonly onPick: (value: string) => void;
  readonly before?: ReactNode;
  readonly className?: string;
}

/** The list that opens comes a moment after the first view, which needs only the closed box. */
const Picker = lazy(() => import('./picker.tsx'));

/** One of several, with room for a line about each. */
export function Pick(props: PickProps) {
  const { value, options, shown, before, className } = props;
  const closed = (
    <span className={`pick ${className ?? ''}`}>
      {before}
      <span>{shown ?? options.find((option) => option.value === value)?.label ?? value}</span>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  );
  return (
    <Suspense fallback={closed}>
      <Picker {...props} />
    </Suspense>
  );
}
