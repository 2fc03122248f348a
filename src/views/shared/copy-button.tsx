import { Copy } from 'lucide-react';
import { useParts } from './app-context.ts';

interface CopyButtonProps {
  readonly label: string;
  readonly text: () => string | Promise<string>;
}

/** Puts plain text where it can be pasted from. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const { store } = useParts();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      store.getState().say('Copied as plain text.');
    } catch {
      store.getState().say('The browser does not let this page write the clipboard.');
    }
  };
  return (
    <button type="button" className="boxed copy" onClick={() => void copy()}>
      <Copy size={15} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}
