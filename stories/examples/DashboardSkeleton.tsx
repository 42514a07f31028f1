import type { CSSProperties } from 'react';

const GROUND = 'color-mix(in srgb, currentColor 10%, transparent)';
const HIDDEN: CSSProperties = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' };

/** The shape of a dashboard that is to come: header, figures, charts. It says so, and nothing in it moves. */
export function DashboardSkeleton({ text = 'Loading dashboard…' }: { text?: string }) {
  return (
    <div style={{ position: 'relative', boxSizing: 'border-box', height: '100%', padding: 20, overflow: 'hidden' }}>
      <span style={HIDDEN}>{text}</span>
      <div aria-hidden="true" style={{ display: 'grid', gap: 16 }}>
        <div style={{ display: 'flex', justifyContent: 'space-between', gap: 16 }}>
          <Block width="12rem" height="1.75rem" />
          <Block width="6rem" height="1.75rem" />
        </div>
        <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(8rem, 1fr))' }}>
          {['revenue', 'orders', 'customers', 'returns'].map((figure) => (
            <Block key={figure} height="4.5rem" />
          ))}
        </div>
        <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(14rem, 1fr))' }}>
          <Bars heights={[40, 65, 50, 80, 60, 90, 75]} />
          <Bars heights={[85, 70, 75, 50, 55, 35, 30]} />
        </div>
      </div>
    </div>
  );
}

function Block({ width = '100%', height }: { width?: string; height: string }) {
  return <div style={{ width, height, borderRadius: 8, background: GROUND }} />;
}

function Bars({ heights }: { heights: readonly number[] }) {
  return (
    <div
      style={{
        display: 'flex',
        gap: 8,
        alignItems: 'end',
        height: '10rem',
        padding: 16,
        borderRadius: 8,
        boxShadow: `inset 0 0 0 1px ${GROUND}`,
      }}
    >
      {heights.map((height, at) => (
        <div key={at} style={{ flex: 1, height: `${height}%`, borderRadius: 4, background: GROUND }} />
      ))}
    </div>
  );
}
