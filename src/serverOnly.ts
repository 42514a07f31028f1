// A bundler that builds a page finds this in place of `/server`. It has none of its names, so that a build which uses one
// fails; where a bundler only warns, the page says why.
throw new Error(
  "react-upsolve-tenant/server is the backend half, which holds your API key. Don't import it into a page: import it where only the server runs, such as a route handler or a loader.",
);

/** Without an export a bundler would not take it for a module, and miss no name. */
export default undefined;
