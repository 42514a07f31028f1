/** Stands for the app's own sign-in, which the README's page examples use. */
export declare function getAccessToken(): Promise<string>;
export declare function renewAccessToken(): Promise<string>;
export declare function signIn(): Promise<void>;
export declare function signOut(): Promise<void>;
export declare function useOrg(): { id: string } | undefined;
export declare function useUser(): { id: string } | undefined;
