/** Where this Storybook serves its own share pages, so that no story's frame asks the network. */
export const SHARE_HOST: URL = new URL(import.meta.env.BASE_URL, document.baseURI);
