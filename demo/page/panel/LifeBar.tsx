interface LifeBarProps {
  now: number;
  from: Date | null;
  until: Date | null;
  refresh: Date | null;
}

/** A token's life as a line: what has passed, and where the refresh is due. Its words stand in the list below it. */
export function LifeBar({ now, from, until, refresh }: LifeBarProps) {
  if (!from || !until) return <svg className="life" aria-hidden="true" />;
  const share = (moment: number): string => {
    const part = (moment - from.getTime()) / (until.getTime() - from.getTime());
    return `${Math.min(100, Math.max(0, part * 100))}%`;
  };
  return (
    <svg className="life" aria-hidden="true">
      <rect className="passed" width={share(now)} height="100%" />
      {refresh && <rect className="due" x={share(refresh.getTime())} width="2" height="100%" />}
    </svg>
  );
}
