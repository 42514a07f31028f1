/** The guard's custom properties with a theme of one's own, as an app's stylesheet would set them. */
export const LIGHT_THEME: Readonly<Record<`--upsolve-${string}`, string>> = {
  '--upsolve-min-height': '18rem',
  '--upsolve-surface': '#f3f0ff',
  '--upsolve-surface-border': '#d0bfff',
  '--upsolve-color': '#2b1f5c',
  '--upsolve-radius': '1rem',
  '--upsolve-accent': '#6741d9',
  '--upsolve-button-background': '#6741d9',
  '--upsolve-button-color': '#ffffff',
  '--upsolve-button-border': '#6741d9',
  '--upsolve-notice-background': '#fff3bf',
  '--upsolve-notice-color': '#4d3800',
  '--upsolve-notice-border': '#e0b000',
  '--upsolve-frame-background': '#ffffff',
};

export const DARK_THEME: Readonly<Record<`--upsolve-${string}`, string>> = {
  '--upsolve-min-height': '18rem',
  '--upsolve-surface': '#1d1733',
  '--upsolve-surface-border': '#5f3dc4',
  '--upsolve-color': '#e6dfff',
  '--upsolve-radius': '0.25rem',
  '--upsolve-accent': '#b197fc',
  '--upsolve-button-background': '#b197fc',
  '--upsolve-button-color': '#1d1733',
  '--upsolve-button-border': '#b197fc',
  '--upsolve-notice-background': '#3b3100',
  '--upsolve-notice-color': '#ffec99',
  '--upsolve-notice-border': '#806a00',
  '--upsolve-frame-background': '#121212',
};
