import { useEffect, useState } from 'react';
import { demoClock } from './demoClock.ts';

/** The clock, read four times a second: the package's hooks don't render for the passing of time, a countdown must. */
export function useNow(): number {
  const [now, setNow] = useState(() => demoClock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(demoClock.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return now;
}
