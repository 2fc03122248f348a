import '../shared/controls.css';
import './biography.css';
import { lazy, Suspense, useState } from 'react';
import type { Thing } from '../../abi/look.ts';
import type { PageName } from '../../abi/page-life.ts';
import { useApp } from '../shared/app-context.ts';
import { PageForm } from './page-form.tsx';

/** Until a page is asked for nobody needs it. */
const Life = lazy(() => import('./life.tsx'));

/** The life of the pinned page on one of the machines: found by running it again with an eye on the page. */
export default function BiographyView() {
  const [page, setPage] = useShownPage();
  const pin = useApp((s) => s.pin);
  const show = (next: PageName | undefined) => {
    setPage(next);
    pin(next && { kind: 'page', ...next });
  };
  return (
    <section className="biography" aria-label="Page">
      {page ? (
        <Suspense>
          <Life page={page} onClose={() => show(undefined)} />
        </Suspense>
      ) : (
        <NoPage onPage={show} />
      )}
    </section>
  );
}

/** The page pinned last; it stays when the pin goes. */
function useShownPage(): [PageName | undefined, (page: PageName | undefined) => void] {
  const pinned = useApp((s) => s.pinned);
  const [seen, setSeen] = useState(pinned);
  const [page, setPage] = useState(pageOf(pinned)); // a link brings its page along
  if (pinned !== seen) {
    setSeen(pinned);
    if (pinned?.kind === 'page') setPage(pageOf(pinned));
  }
  return [page, setPage];
}

const pageOf = (thing: Thing | undefined): PageName | undefined =>
  thing?.kind === 'page' ? { space: thing.space, index: thing.index } : undefined;

function NoPage({ onPage }: { readonly onPage: (page: PageName) => void }) {
  return (
    <>
      <h2>
        Page <small>click one, or name it</small>
      </h2>
      <PageForm onPage={onPage} />
    </>
  );
}
