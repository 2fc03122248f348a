import type { ReactNode } from 'react';

/** A thing to save: what it is, and what it takes. */
export function Row({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly children?: ReactNode;
}) {
  return (
    <section className="export-row" aria-label={title}>
      <div>
        <h3>{title}</h3>
        <p>{says}</p>
      </div>
      <div className="export-actions">{children}</div>
    </section>
  );
}
