import type { NoticeProps } from 'react-upsolve-tenant';

/** It lies over a good dashboard, so it brings a ground of its own. */
export function OldFigures({ error }: NoticeProps) {
  return (
    <p style={{ margin: 8, padding: '4px 12px', borderRadius: 8, background: 'CanvasText', color: 'Canvas' }}>
      Figures may be old ({error.code})
    </p>
  );
}
