import './views-menu.css';
import { LayoutGrid } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';

/** The list comes a moment after the first view, which needs only the button. */
const ViewsMenu = lazy(() => import('./views-menu.tsx'));

/** `extra`: what of the top bar has no room on a narrow screen. */
export function ViewsButton({ extra }: { readonly extra: ReactNode }) {
  const face = (
    <>
      <LayoutGrid size={16} aria-hidden="true" />
      <span>Views</span>
    </>
  );
  return (
    <Suspense fallback={<span className="quiet not-presenting views-button">{face}</span>}>
      <ViewsMenu extra={extra}>{face}</ViewsMenu>
    </Suspense>
  );
}
