import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { BuiltFiles } from './buildPages.ts';

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Serves scripts, styles and pictures under their hashed names; pages are served by whoever owns them. */
export function serveFiles(files: BuiltFiles): MiddlewareHandler {
  return async (c, next) => {
    const body = files.get(c.req.path);
    const type = TYPES[c.req.path.split('.').at(-1) ?? ''];
    if (body === undefined || type === undefined) return next();
    return c.body(typeof body === 'string' ? body : Uint8Array.from(body), 200, {
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  };
}

/** The headers of a careful production app: nothing inline, nothing from elsewhere but the frames. */
export function strictHeaders(policy: { frameSources: string[]; frameAncestors: string[] }): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: policy.frameSources,
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: policy.frameAncestors,
      requireTrustedTypesFor: ["'script'"],
    },
    referrerPolicy: 'no-referrer',
    // The policy above says who may frame a page; this older header knows no list.
    xFrameOptions: false,
    // The demo is served over plain HTTP, on this machine.
    strictTransportSecurity: false,
  });
}
