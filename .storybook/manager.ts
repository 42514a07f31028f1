import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
const accent = isDark ? '#a3b1ff' : '#3f53c4';

addons.setConfig({
  theme: create({
    base: isDark ? 'dark' : 'light',
    brandTitle:
      '<span style="display:inline-flex;gap:8px;align-items:center;font-weight:600"><img src="./favicon.svg" alt="" width="24" height="24" />react-upsolve-tenant</span>',
    brandUrl: './',
    colorPrimary: accent,
    colorSecondary: accent,
  }),
});
