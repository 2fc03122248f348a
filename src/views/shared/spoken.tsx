import { useEffect, useRef } from 'react';

const EVERY_MS = 2000;

/** A picture in words, for those who do not see it; kept still long enough to be read out. Words that take counting are given as a function. */
export function Spoken({ text }: { readonly text: string | (() => string) }) {
  const ref = useRef<HTMLParagraphElement>(null);
  const wrote = useRef(0);
  useEffect(() => {
    const now = performance.now();
    if (!ref.current || (now - wrote.current < EVERY_MS && ref.current.textContent)) return;
    wrote.current = now;
    ref.current.textContent = typeof text === 'string' ? text : text();
  }, [text]);
  return <p ref={ref} className="spoken" />;
}
