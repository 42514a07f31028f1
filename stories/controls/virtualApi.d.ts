declare module 'virtual:api' {
  export type { ApiRow, ApiSubject } from '../../.storybook/readApi';
  export const api: import('../../.storybook/readApi').Api;
}
