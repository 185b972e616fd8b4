/** The document of the page from which other servers are called: the Explorer. */
const CALLS_OTHERS = "/explorer.html";

/**
 * What every page and file of the web app asks of a browser: load code and data from this origin only, and trust declared types. Styles may be
 * inline because the component library sets style attributes. The document of the Explorer may call any server that lets it: its code comes from this
 * origin like that of all others.
 */
export function securityHeaders(name: string): Readonly<Record<string, string>> {
  return {
    ...commonHeaders,
    "content-security-policy": [
      ...policy,
      `connect-src 'self'${name === CALLS_OTHERS ? " http: https: ws: wss:" : ""}`,
    ].join("; "),
  };
}

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

const commonHeaders = {
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};
