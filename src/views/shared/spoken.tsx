import { useEffect, useRef } from 'react';

const EVERY_MS = 2000;

/** A picture in words, for those who do not see it; kept still long enough to be read out. Words that take counting are given as a function. */
export function Spoken({ text }: { readonly text: string | (() => string) }) {
  const ref = useRef<HTMLParagraphElement>(null);
  const wrote = useRef(0);
  useEffect(() => {
    const write = () => {
      if (!ref.current) return;
      wrote.current = performance.now();
      ref.current.textContent = typeof text === 'string' ? text : text();
    };
    const leftMs = ref.current?.textContent ? wrote.current + EVERY_MS - performance.now() : 0;
    if (leftMs <= 0) return write();
    // The last words of a picture that stands still are its own, not those of two seconds before.
    const timer = setTimeout(write, leftMs);
    return () => clearTimeout(timer);
  }, [text]);
  return <p ref={ref} className="spoken" />;
}
