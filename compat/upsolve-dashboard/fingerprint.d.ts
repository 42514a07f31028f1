/** Token → six letters and digits to tell two tokens apart by eye. It can't be turned back. */
export declare function fingerprint(token: string): string;
