import type { Errand } from './use-errand.ts';

/** In the place of the buttons while their work is under way. */
export function ErrandBar({ of: { done, cancel }, label }: { readonly of: Errand; readonly label: string }) {
  return (
    <>
      <progress value={done ?? 0} aria-label={label} />
      <button type="button" className="boxed" onClick={cancel}>
        Cancel
      </button>
    </>
  );
}
