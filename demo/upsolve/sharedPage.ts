/** What the hub tells its own page; the token itself is in the page's URL. */
export interface SharedPage {
  kind: 'dashboard' | 'chat' | 'application';
  id: string;
  theme: 'light' | 'dark';
  /** Those of the token; null where it isn't valid. */
  permissions: Record<string, boolean> | null;
}
