import { useEffect, useState } from 'react';

/** A module that comes when first asked for; undefined until it is there. `load` stays the same function. */
export function useLater<T>(load: (() => Promise<T>) | undefined): T | undefined {
  const [loaded, setLoaded] = useState<T>();
  useEffect(() => {
    let isWanted = true;
    void load?.().then((module) => isWanted && setLoaded(module));
    return () => {
      isWanted = false;
    };
  }, [load]);
  return loaded;
}
