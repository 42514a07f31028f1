import type { CSSProperties } from 'react';

// Looks without a stylesheet: React sets them as CSSOM properties, which a strict Content-Security-Policy lets pass.
// Colours follow the page's own, so they hold in light and dark; what a theme may change is a custom property, each of
// them described in styles.css.

/** Children lie over one another in one cell, so no state of the guard shifts the layout. */
const STACK: CSSProperties = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' };
const LEAST_HEIGHT = 'var(--upsolve-min-height, 20rem)';
const CELL: CSSProperties = { gridArea: '1 / 1', minWidth: 0 };

export const ROOT: CSSProperties = {
  ...STACK,
  boxSizing: 'border-box',
  height: '100%',
  minHeight: `max(var(--upsolve-kept-height, 0px), ${LEAST_HEIGHT})`,
};

/** Its own stacking context: nothing a dashboard draws covers the notice. */
export const STAGE: CSSProperties = { ...CELL, isolation: 'isolate' };

/**
 * Empty or with a notice, it is no larger than its content: the dashboard below keeps the pointer. It sticks, so that a
 * notice is seen on a dashboard that is higher than what it is scrolled in.
 */
export const STATUS: CSSProperties = { ...CELL, zIndex: 1, placeSelf: 'end', position: 'sticky', bottom: 0 };
export const STATUS_FULL: CSSProperties = { ...CELL, zIndex: 1 };

export const PANEL: CSSProperties = {
  boxSizing: 'border-box',
  display: 'grid',
  placeContent: 'center',
  justifyItems: 'center',
  gap: '0.75rem',
  height: '100%',
  padding: 'clamp(0.5rem, 5%, 1.5rem)',
  borderRadius: 'var(--upsolve-radius, 0.5rem)',
  background: 'var(--upsolve-surface, color-mix(in srgb, currentColor 4%, transparent))',
  color: 'var(--upsolve-color, inherit)',
  fontSize: '0.875rem',
  lineHeight: 1.5,
  textAlign: 'center',
  textWrap: 'balance',
  overflowWrap: 'anywhere',
};

export const ERROR_TITLE: CSSProperties = { margin: 0, fontSize: '0.9375rem', fontWeight: 600 };
export const ERROR_TEXT: CSSProperties = { margin: '0.25rem 0 0', maxWidth: '26rem' };

export const BUTTON: CSSProperties = {
  padding: '0.4rem 0.9rem',
  border: '1px solid var(--upsolve-button-border, color-mix(in srgb, currentColor 40%, transparent))',
  borderRadius: 'var(--upsolve-radius, 0.5rem)',
  background: 'var(--upsolve-button-background, transparent)',
  color: 'var(--upsolve-button-color, inherit)',
  font: 'inherit',
  cursor: 'pointer',
};
export const BUTTON_BUSY: CSSProperties = { ...BUTTON, cursor: 'default', opacity: 0.65 };

export const NOTICE: CSSProperties = {
  margin: '0.75rem',
  padding: '0.35rem 0.75rem',
  border: '1px solid var(--upsolve-notice-border, color-mix(in srgb, CanvasText 25%, transparent))',
  borderRadius: 'var(--upsolve-radius, 0.5rem)',
  background: 'var(--upsolve-notice-background, Canvas)',
  color: 'var(--upsolve-notice-color, CanvasText)',
  fontSize: '0.8125rem',
  lineHeight: 1.4,
  pointerEvents: 'none',
};

// Made by a call that bundlers may leave out: who doesn't name the frame holds none of these.
const extend = (base: CSSProperties, more: CSSProperties): CSSProperties => ({ ...base, ...more });

/** Inside a guard it takes the guard's height; alone it needs one of its own. */
export const FRAMES: CSSProperties = /* @__PURE__ */ extend(STACK, { isolation: 'isolate', height: '100%' });
export const FRAMES_ALONE: CSSProperties = /* @__PURE__ */ extend(FRAMES, { minHeight: LEAST_HEIGHT });
export const FRAME: CSSProperties = /* @__PURE__ */ extend(CELL, {
  zIndex: 1,
  width: '100%',
  height: '100%',
  border: 0,
  background: 'var(--upsolve-frame-background, transparent)',
});
/** Behind, but painted: so it takes over without a blank. */
export const FRAME_BEHIND: CSSProperties = /* @__PURE__ */ extend(FRAME, { zIndex: 0 });
export const FRAME_COVERED: CSSProperties = /* @__PURE__ */ extend(FRAME, { opacity: 0 });
export const FRAME_COVER: CSSProperties = /* @__PURE__ */ extend(CELL, { zIndex: 2 });
