import type { Plugin } from "vite";

/**
 * Has the document load the display face at once rather than after the style sheet, so that headings do not jump: the part
 * of it that every page needs, and not those for other letters.
 */
export function preloadFont(): Plugin {
  return {
    name: "triptych:preload-font",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        return Object.keys(bundle ?? {})
          .filter((fileName) => /-latin-wght-normal\b.*\.woff2$/.test(fileName))
          .map((fileName) => ({
            tag: "link",
            attrs: { rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href: `/${fileName}` },
            injectTo: "head" as const,
          }));
      },
    },
  };
}
