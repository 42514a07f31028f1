import type { CSSProperties } from 'react';

// Looks without a stylesheet: React sets them as CSSOM properties, which a strict Content-Security-Policy lets pass.
// Colours follow the page's own, so they hold in light and dark; what a theme may change is a custom property, each of
// them described in styles.css.

/** Children lie over one another in one cell, so no state of the guard shifts the layout. */
const STACK: CSSProperties = { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' };
const LEAST_HEIGHT = 'var(--upsolve-min-height, 20rem)';
const CELL: CSSProperties = { gridArea: '1 / 1', minWidth: 0 };
const RADIUS = 'var(--upsolve-radius, 0.5rem)';
/** A fainter tone of the text around it. */
const tint = (percent: number): string => `color-mix(in srgb, currentColor ${percent}%, transparent)`;

export const ROOT: CSSProperties = {
  ...STACK,
  gridTemplateRows: '1fr',
  boxSizing: 'border-box',
  height: '100%',
  minHeight: 'var(--upsolve-kept-height, 0px)',
};

/**
 * Gives the guard its least height where its place has none. What scrolls never makes a row of a given height taller, so
 * in a small box the guard is as small as that; as a minimum height, the guard's end would be cut off there.
 */
export const SPACER: CSSProperties = { ...CELL, overflow: 'hidden' };
export const SPACE: CSSProperties = { height: LEAST_HEIGHT };

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
  height: '100%',
  padding: 'clamp(0.5rem, 4%, 1.5rem)',
  border: `1px solid var(--upsolve-surface-border, ${tint(14)})`,
  borderRadius: RADIUS,
  background: `var(--upsolve-surface, ${tint(4)})`,
  color: 'var(--upsolve-color, inherit)',
  fontSize: '0.8125rem',
  lineHeight: 1.4,
  textAlign: 'center',
  textWrap: 'balance',
  overflowWrap: 'anywhere',
};
/** It sticks as well: the place of a long dashboard may be longer than the window. */
export const PANEL_BODY: CSSProperties = {
  display: 'grid',
  justifyItems: 'center',
  gap: '0.5rem',
  placeSelf: 'center',
  position: 'sticky',
  insetBlock: '0.5rem',
};
export const QUIET: CSSProperties = { margin: 0, color: tint(75) };

export const ERROR_TITLE: CSSProperties = {
  margin: 0,
  fontSize: '0.875rem',
  fontWeight: 600,
};
/** Also where it stands in a text. */
export const ICON: CSSProperties = { flex: 'none', verticalAlign: 'middle' };
export const ERROR_TEXT: CSSProperties = { margin: '0.25rem 0 0', maxWidth: '26rem' };

const PLAIN_BUTTON: CSSProperties = {
  padding: '0.25rem 0.75rem',
  border: '1px solid transparent',
  borderRadius: RADIUS,
  background: 'none',
  color: 'inherit',
  fontFamily: 'inherit',
  fontSize: 'inherit',
  cursor: 'pointer',
};
/** Where trying again is of little use. */
export const BUTTON_QUIET: CSSProperties = { ...PLAIN_BUTTON, textDecoration: 'underline' };
export const BUTTON: CSSProperties = {
  ...PLAIN_BUTTON,
  border: `1px solid var(--upsolve-button-border, ${tint(40)})`,
  background: `var(--upsolve-button-background, ${tint(10)})`,
  color: 'var(--upsolve-button-color, inherit)',
  fontWeight: 600,
};

export const NOTICE: CSSProperties = {
  display: 'flex',
  gap: '0.5rem',
  alignItems: 'center',
  margin: '0.5rem',
  padding: '0.125rem 0.5rem',
  border: `1px solid var(--upsolve-notice-border, ${tint(25)})`,
  borderRadius: RADIUS,
  background: 'var(--upsolve-notice-background, Canvas)',
  color: 'var(--upsolve-notice-color, CanvasText)',
  fontSize: '0.75rem',
};
export const DISMISS: CSSProperties = {
  ...PLAIN_BUTTON,
  padding: '0 0.5rem',
  fontSize: '1rem',
  lineHeight: 1.5,
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
