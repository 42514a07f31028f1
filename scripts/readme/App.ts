import type { ReactElement } from 'react';

/** Stands for the app. */
export declare function App(): ReactElement;
