import type { JSHandle, Page } from "@playwright/test";

/**
 * Runs a module in a page and resolves with it once it has run to its end. It comes from an address at the page's own origin, because the
 * content security policy of the server lets no other code in.
 */
export async function loadModule<Module>(page: Page, name: string, code: string): Promise<JSHandle<Module>> {
  const path = `/clients/${name}.js`;
  await page.route(`**${path}`, (route) => route.fulfill({ contentType: "text/javascript", body: code }));
  // As text, so that the import is the browser's own.
  return page.evaluateHandle<Module>(`import("${path}")`);
}
