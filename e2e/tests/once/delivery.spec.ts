import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

/** What the app may cost before its first page is usable, in bytes of JavaScript, gzip. */
const scriptLimit = 160_000;
/** Smaller files may go as they are, in bytes. */
const smallestCompressed = 1_024;

test("pages are revalidated, say what they may load and are framed by nobody", async ({ request }) => {
  for (const path of ["/", "/greeter?protocol=connect"]) {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    const headers = response.headers();
    expect(headers).toMatchObject({
      "content-type": expect.stringMatching(/^text\/html; ?charset=utf-8$/),
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    const policy = headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    const again = await request.get(path, { headers: { "if-none-match": headers.etag ?? "" } });
    expect(again.status()).toBe(304);
  }
});

test("assets have their hash in their name, come compressed and are kept for good", async ({ page, request }) => {
  await page.goto("/");
  const assets = (await loadedUrls(page)).filter((url) => url.includes("/assets/"));
  expect(assets.length).toBeGreaterThan(3);
  for (const url of assets) {
    expect(url).toMatch(/-[\w-]{8}\.(?:js|css|woff2)$/);
    const response = await request.get(url, { headers: { "accept-encoding": "br" } });
    expect(response.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(response.headers()["x-content-type-options"]).toBe("nosniff");
    const encoding = response.headers()["content-encoding"] ?? "none";
    const isSmall = (await response.body()).length < smallestCompressed;
    expect(url.endsWith(".woff2") ? ["none"] : isSmall ? ["none", "br"] : ["br"], url).toContain(encoding);
  }
  const missing = await request.get("/assets/gone-12345678.js");
  expect(missing.status()).toBe(404);
});

test("a policy violation would be noticed", async ({ page, problems }) => {
  await page.goto("/nowhere");
  const refused = page.waitForEvent("console", (message) => message.text().includes("Content Security Policy"));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.text = "document.title = 'injected'";
    document.body.append(script);
  });
  await refused;
  await expect(page).not.toHaveTitle("injected");
  problems.forgive(/Content Security Policy/);
});

const usable: Readonly<Record<string, (page: Page) => Locator>> = {
  "/": (page) => page.getByRole("region", { name: "Books" }),
  "/calculator": (page) => page.getByRole("textbox", { name: "Expression" }),
  "/greeter": (page) => page.getByRole("textbox", { name: "Name" }),
  "/books": (page) => page.getByRole("searchbox"),
  "/streams": (page) => page.getByRole("region", { name: "Unary" }),
  // Before the server has answered, or after.
  "/explorer": (page) => page.getByText(/^Asking the server what it serves|^Its form is built from/),
};

for (const [path, whatIsUsable] of Object.entries(usable)) {
  test(`${path} needs at most 160 kB of JavaScript before it is usable`, async ({ page, request }) => {
    await page.goto(path);
    await whatIsUsable(page).waitFor();
    const needed = await scriptsOfPage(page, request);
    expect(needed.size).toBeGreaterThan(1);
    const total = [...needed.values()].reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(scriptLimit);
    // Whatever else it loads may come later.
    await page.route("**/assets/*.js", async (route) => {
      if (needed.has(route.request().url())) await route.continue();
    });
    await page.goto(path, { waitUntil: "commit" });
    await expect(whatIsUsable(page)).toBeVisible();
  });
}

/** The script of the document, that of its page, and all that they import, with their sizes in bytes, gzip. */
async function scriptsOfPage(page: Page, request: APIRequestContext): Promise<Map<string, number>> {
  const scripts = (await loadedUrls(page)).filter((url) => url.endsWith(".js"));
  const open = scripts.filter((url) => /\/assets\/(?:index|\w+-page)-[\w-]{8}\.js$/.test(url));
  const sizes = new Map<string, number>();
  for (let url = open.pop(); url !== undefined; url = open.pop()) {
    if (sizes.has(url)) continue;
    const response = await request.get(url, { headers: { "accept-encoding": "gzip" } });
    sizes.set(url, Number(response.headers()["content-length"]));
    for (const [, path = ""] of (await response.text()).matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)) {
      open.push(new URL(path, url).href);
    }
  }
  return sizes;
}

async function loadedUrls(page: Page): Promise<string[]> {
  return page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
}

test("a link to a page has a title, a sentence and a picture, and the app an icon", async ({ request }) => {
  const html = await (await request.get("/books")).text();
  expect(html).toMatch(/property="og:title" content="Books · Triptych"/);
  expect(html).toMatch(/property="og:image" content="\/picture\.png"/);
  const picture = await request.get("/picture.png");
  expect(picture.headers()["content-type"]).toBe("image/png");
  const manifest = await request.get("/site.webmanifest");
  expect(manifest.headers()["content-type"]).toBe("application/manifest+json");
  const { icons }: { readonly icons: readonly { readonly src: string }[] } = await manifest.json();
  expect(icons.length).toBeGreaterThan(0);
  for (const { src } of icons) expect((await request.get(src)).ok()).toBe(true);
});
